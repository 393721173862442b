// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The memory of `ftrace stat` as its reader sees it, filled by hand: well, and as a program that
// has gone wrong could leave it.
#include "tools/ftrace/profile.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstring>

#include "tools/ftrace/stat_table.h"
#include "unittests/tools/elf_image.h"

namespace ftrace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

constexpr uint64_t kSize = uint64_t{64} << 20;
constexpr uint64_t kBias = 0x7f0000000000;

// What the runtime does when a module and a thread appear.
class ProfileTest : public testing::Test {
 protected:
  uint32_t AddModule(const std::string& path, uint64_t first_address, uint64_t slots,
                     uint64_t sites = 2) {
    const uint32_t index = memory_->area()->module_count++;
    ProfileModule& module = memory_->area()->modules[index];
    module.load_bias = kBias;
    module.text_start = kBias + first_address;
    module.slots = slots;
    module.sites = sites;
    std::strncpy(module.path, path.c_str(), kProfilePathSize - 1);
    module.ready = 1;
    return index;
  }

  ProfileTable& AddTable(uint32_t module, uint32_t pid, uint32_t tid, uint64_t slots) {
    ProfileTable& table = memory_->area()->tables[memory_->area()->table_count++];
    table.module = module;
    table.pid = pid;
    table.tid = tid;
    table.offset = memory_->area()->next_free.fetch_add(slots * sizeof(uint64_t));
    table.ready = 1;
    return table;
  }

  void Count(const ProfileTable& table, uint64_t slot, uint64_t calls) {
    ASSERT_EQ(pwrite(memory_->fd(), &calls, sizeof(calls),
                     static_cast<off_t>(table.offset + slot * sizeof(calls))),
              static_cast<ssize_t>(sizeof(calls)));
  }

  Result<ProfileMemory> memory_ = ProfileMemory::Create(kSize);
};

TEST_F(ProfileTest, FreshMemoryIsEmpty) {
  ASSERT_TRUE(memory_) << memory_.error();
  const ProfileArea& area = *memory_->area();
  EXPECT_EQ(std::memcmp(area.magic, kProfileMagic, sizeof(kProfileMagic)), 0);
  EXPECT_EQ(area.version, kProfileVersion);
  EXPECT_EQ(area.header_size, sizeof(ProfileArea));
  EXPECT_EQ(area.size, kSize);
  EXPECT_GE(area.next_free, sizeof(ProfileArea));
  EXPECT_EQ(area.next_free % sizeof(uint64_t), 0U);
  const Profile profile = memory_->Read();
  EXPECT_THAT(profile.modules, IsEmpty());
  EXPECT_EQ(profile.sites + profile.enabled + profile.lost + profile.damaged, 0U);
}

TEST_F(ProfileTest, NobodyWhoInheritsTheMemoryCanTakeItAway) {
  EXPECT_NE(ftruncate(memory_->fd(), 0), 0);
}

TEST_F(ProfileTest, TooSmallMemoryIsRefused) {
  EXPECT_FALSE(ProfileMemory::Create(ProfileMemory::kMinSize - 1));
  EXPECT_TRUE(ProfileMemory::Create(ProfileMemory::kMinSize));
}

TEST_F(ProfileTest, CountsOfThreadsAndProcessesAreAdded) {
  constexpr uint64_t kSlots = 100000;
  const uint32_t first = AddModule("/bin/x", 0x1000, kSlots);
  const uint32_t second = AddModule("/bin/x", 0x1000, kSlots);  // another process
  const uint32_t other = AddModule("/lib/y", 0, 8, 3);
  memory_->area()->processes = 2;
  memory_->area()->enabled = 7;
  memory_->area()->lost = 5;
  Count(AddTable(first, 1, 1, kSlots), 2, 10);
  Count(AddTable(first, 1, 2, kSlots), 2, 20);
  const ProfileTable& child = AddTable(second, 3, 3, kSlots);
  Count(child, 2, 30);
  Count(child, 0, 1);
  Count(child, kSlots - 1, 4);
  Count(AddTable(other, 1, 1, 8), 7, 6);
  const Profile profile = memory_->Read();
  ASSERT_EQ(profile.modules.size(), 2U);
  EXPECT_EQ(profile.modules[0].path, "/bin/x");
  EXPECT_THAT(profile.modules[0].calls,
              ElementsAre(Pair(0x1000, 1), Pair(0x1010, 60), Pair(0x1000 + (kSlots - 1) * 8, 4)));
  EXPECT_THAT(profile.modules[1].calls, ElementsAre(Pair(56, 6)));
  EXPECT_EQ(profile.processes, 2U);
  EXPECT_EQ(profile.sites, 7U);
  EXPECT_EQ(profile.enabled, 7U);
  EXPECT_EQ(profile.lost, 5U);
  EXPECT_EQ(profile.damaged, 0U);
}

TEST_F(ProfileTest, EntriesThatAreNotReadyAreNotRead) {
  const uint32_t module = AddModule("/bin/x", 0, 8);
  ProfileTable& table = AddTable(module, 1, 1, 8);
  Count(table, 1, 10);
  table.ready = 0;
  const Profile profile = memory_->Read();
  EXPECT_THAT(profile.modules.at(0).calls, IsEmpty());
  EXPECT_EQ(profile.damaged, 0U);
}

TEST_F(ProfileTest, TablesThatMakeNoSenseAreLeftOutAndCounted) {
  const uint32_t module = AddModule("/bin/x", 0, 8);
  const uint32_t huge = AddModule("/bin/huge", 0, UINT64_MAX);
  const uint32_t endless = AddModule("/bin/endless", 0, 8);
  std::memset(memory_->area()->modules[endless].path, 'a', kProfilePathSize);
  Count(AddTable(module, 1, 1, 8), 1, 10);
  AddTable(kMaxProfileModules, 1, 1, 8);
  AddTable(UINT32_MAX, 1, 1, 8);
  AddTable(kMaxProfileModules - 1, 1, 1, 8);  // no such module
  AddTable(huge, 1, 1, 8);
  AddTable(endless, 1, 1, 8);
  for (const uint64_t offset : {uint64_t{0}, uint64_t{64}, kSize, kSize - 8, kSize + 8,
                                UINT64_MAX - 7, uint64_t{4194305}}) {
    AddTable(module, 1, 1, 8).offset = offset;
  }
  AddTable(module, 1, 1, 8).ready = 77;
  const Profile profile = memory_->Read();
  EXPECT_EQ(profile.damaged, 14U);  // with the module without end
  ASSERT_FALSE(profile.modules.empty());
  EXPECT_EQ(profile.modules.back().path, "/bin/x");
  EXPECT_THAT(profile.modules.back().calls, ElementsAre(Pair(8, 10)));
  EXPECT_THAT(FormatStatFacts(profile, 1), HasSubstr("14 tables of counts are damaged"));
}

TEST_F(ProfileTest, FunctionsAreNamedThroughTheFile) {
  const test::MemoryFile file(test::MakeProgram());
  const uint32_t module = AddModule(file.path(), test::kAddress + test::kText, 4);
  const ProfileTable& table = AddTable(module, 1, 1, 4);
  Count(table, 0, 7);   // f
  Count(table, 3, 93);  // g: its pad is 24 bytes behind the begin
  std::vector<std::string> warnings;
  const std::vector<StatRow> rows =
      MakeStatRows(memory_->Read(), DemangleStyle::kFull, StatOrder::kCalls, &warnings);
  EXPECT_THAT(warnings, IsEmpty());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].function, "g(int)");
  EXPECT_EQ(rows[0].calls, 93U);
  EXPECT_EQ(rows[1].function, "f");
  EXPECT_EQ(rows[1].calls, 7U);
  const std::vector<StatRow> by_name =
      MakeStatRows(memory_->Read(), DemangleStyle::kNo, StatOrder::kName, &warnings);
  EXPECT_EQ(by_name[0].function, "_Z1gi");
  EXPECT_EQ(by_name[1].function, "f");
  const std::string text = FormatStatTable(rows);
  EXPECT_THAT(text,
              testing::ContainsRegex("93  g\\(int\\) .* 93.0%\n *7  f .* 7.0%\n *100  total"));
}

TEST_F(ProfileTest, PadBehindAnOddTextStartIsFound) {
  const test::MemoryFile file(test::MakeProgram());
  // The segment begins four bytes before f, so the slots are not where the pads are.
  const uint32_t module = AddModule(file.path(), test::kAddress + test::kText - 4, 8);
  const ProfileTable& table = AddTable(module, 1, 1, 8);
  Count(table, 0, 7);
  Count(table, 3, 93);
  std::vector<std::string> warnings;
  const std::vector<StatRow> rows =
      MakeStatRows(memory_->Read(), DemangleStyle::kSimple, StatOrder::kCalls, &warnings);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].function, "g");
  EXPECT_EQ(rows[1].function, "f");
}

TEST_F(ProfileTest, CountsWithoutSiteOrFileKeepTheirAddress) {
  const test::MemoryFile file(test::MakeProgram());
  const uint32_t known = AddModule(file.path(), test::kAddress + test::kText, 4);
  Count(AddTable(known, 1, 1, 4), 1, 5);
  const uint32_t gone = AddModule("/nonexistent/lib.so", 0x2000, 4);
  Count(AddTable(gone, 1, 1, 4), 1, 6);
  std::vector<std::string> warnings;
  const std::vector<StatRow> rows =
      MakeStatRows(memory_->Read(), DemangleStyle::kSimple, StatOrder::kCalls, &warnings);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].function, "0x2008");
  EXPECT_EQ(rows[0].module, "lib.so");
  EXPECT_EQ(rows[1].function, "0x10208");
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("/nonexistent/lib.so: No such file"),
                                    HasSubstr("/nonexistent/lib.so: 1 function"),
                                    HasSubstr("1 function have no name")));
}

TEST_F(ProfileTest, RowsOfEqualCallsAreInOrderOfTheirNames) {
  const test::MemoryFile file(test::MakeProgram());
  const uint32_t module = AddModule(file.path(), test::kAddress + test::kText, 4);
  const ProfileTable& table = AddTable(module, 1, 1, 4);
  Count(table, 3, 5);
  Count(table, 0, 5);
  std::vector<std::string> warnings;
  const std::vector<StatRow> rows =
      MakeStatRows(memory_->Read(), DemangleStyle::kSimple, StatOrder::kCalls, &warnings);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].function, "f");
  EXPECT_EQ(rows[1].function, "g");
}

TEST(StatFacts, LossSaysWhatToDo) {
  Profile profile;
  profile.sites = 5000;
  profile.enabled = 340;
  profile.processes = 1;
  EXPECT_EQ(FormatStatFacts(profile, 1),
            "1 function called, 340 of 5000 sites enabled; 1 process\n");
  EXPECT_THAT(FormatStatFacts(profile, 1), Not(HasSubstr("lost")));
  profile.lost = 12;
  EXPECT_THAT(FormatStatFacts(profile, 1), HasSubstr("12 calls lost"));
  EXPECT_THAT(FormatStatFacts(profile, 1), HasSubstr("-b"));
}

}  // namespace
}  // namespace ftrace
