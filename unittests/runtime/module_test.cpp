// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/module.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cerrno>

#include "runtime/garbage.h"
#include "runtime/include/ftrace/ftrace.h"
#include "runtime/memory.h"
#include "unittests/runtime/fake_module.h"

namespace ftrace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Adds and removes modules without what their loading starts.
class ModuleTest : public testing::Test {
 protected:
  void TearDown() override {
    while (!added_.empty()) Remove(added_.back());
  }

  Module* Add(const ModuleDescription& description) {
    int error = 0;
    Module* module = AddModule(description, &error);
    EXPECT_EQ(error, 0);
    if (module != nullptr) added_.push_back(module);
    return module;
  }
  void Remove(Module* module) {
    std::erase(added_, module);
    ASSERT_TRUE(RemoveModule(module));
    FreeModule(module);
  }
  // Adds the text's records and returns what stderr got.
  std::string AddWithMessage(const ModuleDescription& description, Module** module) {
    testing::internal::CaptureStderr();
    *module = Add(description);
    return testing::internal::GetCapturedStderr();
  }
  static std::vector<size_t> Disabled(const Module& module) {
    std::vector<size_t> disabled;
    for (size_t i = 0; i < module.site_count; ++i) {
      const SiteState* state = module.State(i);
      if (state != nullptr && (state->flags & FTRACE_SITE_DISABLED) != 0) disabled.push_back(i);
    }
    return disabled;
  }

  std::vector<Module*> added_;
};

TEST_F(ModuleTest, RecordsAreReadInPlaceAndNeedNoMemoryOfTheirOwn) {
  FakeText text(200);
  const Module* module = Add(text.Describe(200, "lib"));
  EXPECT_EQ(module->stride, sizeof(ftrace_site));
  EXPECT_EQ(module->blocks, nullptr);
  for (size_t i = 0; i < 200; ++i) {
    EXPECT_EQ(module->Pad(i), text.Pad(i));
    EXPECT_EQ(module->Entry(i), text.Pad(i));
    EXPECT_EQ(module->State(i), nullptr);
  }
}

TEST_F(ModuleTest, FindTakesTheEntryAndEveryByteOfThePad) {
  FakeText text(3);
  text.SetRecord(1, text.Pad(1) + 8, GoodFacts(8));
  const Module* module = Add(text.Describe(3, "lib"));
  EXPECT_EQ(module->Entry(1), text.Pad(1));
  std::vector<uint64_t> found;
  for (uint64_t address = text.begin() - 8; address < text.Pad(3); ++address) {
    if (module->Find(address) == 1) found.push_back(address - text.Pad(1));
  }
  EXPECT_THAT(found, ElementsAre(0, 8, 9, 10, 11, 12, 13));
  EXPECT_EQ(module->Find(text.Pad(0)), 0u);
  EXPECT_EQ(module->Find(text.Pad(2) + 5), 2u);
  EXPECT_EQ(module->Find(text.Pad(2) + 6), kNoSite);
  EXPECT_EQ(module->Find(text.begin() - 1), kNoSite);
  EXPECT_EQ(module->Find(0), kNoSite);
  EXPECT_EQ(module->Find(~uint64_t{0}), kNoSite);
}

TEST_F(ModuleTest, UnsortedRecordsAreSortedInACopy) {
  FakeText text(50);
  for (size_t i = 0; i < 50; ++i) {
    const size_t function = i * 7 % 50;
    text.SetRecord(i, text.Pad(function) + 8, GoodFacts(function % 2 == 0 ? 8 : 0));
  }
  const Module* module = Add(text.Describe(50, "lib"));
  EXPECT_EQ(module->stride, 0u);
  for (size_t i = 0; i < 50; ++i) {
    EXPECT_EQ(module->Pad(i), text.Pad(i) + 8);
    EXPECT_EQ(module->Entry(i), text.Pad(i) + (i % 2 == 0 ? 0 : 8));
    EXPECT_EQ(module->Find(module->Entry(i)), i);
    EXPECT_EQ(module->Find(module->Pad(i)), i);
  }
}

TEST_F(ModuleTest, BadRecordsAreDisabledAndTheFirstIsNamed) {
  FakeText text(8);
  text.SetRecord(1, text.Pad(1), GoodFacts() ^ ftrace_site_make_isa(1 | 8));
  text.SetRecord(2, text.Pad(2), GoodFacts() ^ ftrace_site_make_width(1));
  text.SetRecord(3, text.Pad(3), GoodFacts() | ftrace_site_make_reserved(4));
  text.SetRecord(4, text.Pad(4) + 3, GoodFacts());  // crosses a word
  text.SetRecord(7, text.range().end - 5, GoodFacts());
  Module* module = nullptr;
  const std::string message = AddWithMessage(text.Describe(8, "lib"), &module);
  EXPECT_THAT(Disabled(*module), ElementsAre(1, 2, 3, 4, 7));
  EXPECT_THAT(message, HasSubstr("ftrace: lib: 5 of 8 records are bad and are not used; record 1 "
                                 "is not of this instruction set; "));
}

TEST_F(ModuleTest, EachFaultHasItsWords) {
  const std::vector<std::pair<uint64_t, std::pair<uint32_t, const char*>>> faults = {
      {0, {GoodFacts() | ftrace_site_make_reserved(1), "has unknown fields"}},
      {3, {GoodFacts(), "has a pad that is not aligned"}},
      {~uint64_t{0}, {GoodFacts(), "points outside the module's text"}},
      {4, {GoodFacts(8), "points outside the module's text"}},
      {4096, {GoodFacts(), "points outside the module's text"}},
      {4096 - 5, {GoodFacts(), "points outside the module's text"}}};
  for (const auto& [offset, fault] : faults) {
    FakeText text(1);
    text.SetRecord(0, text.begin() + offset, fault.first);
    Module* module = nullptr;
    const std::string message = AddWithMessage(text.Describe(1, "lib"), &module);
    EXPECT_THAT(message, HasSubstr(fault.second)) << offset;
    EXPECT_THAT(Disabled(*module), ElementsAre(0));
    Remove(module);
  }
}

TEST_F(ModuleTest, ASecondRecordOfAPadIsBad) {
  FakeText text(4);
  text.SetRecord(2, text.Pad(1), GoodFacts());
  Module* module = nullptr;
  const std::string message = AddWithMessage(text.Describe(4, "lib"), &module);
  EXPECT_THAT(message, HasSubstr("1 of 4 records are bad"));
  EXPECT_THAT(message, HasSubstr("has the pad of the record before"));
  EXPECT_THAT(Disabled(*module), ElementsAre(2));
  EXPECT_EQ(module->Find(text.Pad(1)), 1u);
}

TEST_F(ModuleTest, ABadLeadHidesNoOtherSite) {
  FakeText text(16);
  for (size_t i = 0; i < 16; ++i) text.SetRecord(i, text.begin() + 512 + i * 8, GoodFacts());
  text.SetRecord(9, text.begin() + 512 + 9 * 8, GoodFacts(200));
  const Module* module = Add(text.Describe(16, "lib"));
  for (size_t i = 0; i < 16; ++i) EXPECT_EQ(module->Find(text.begin() + 512 + i * 8), i);
}

TEST_F(ModuleTest, ARecordBetweenSegmentsIsBad) {
  FakeText text(200);  // four pages
  ModuleDescription description = text.Describe(200, "lib");
  description.segment_count = 2;
  description.segments[1] = description.segments[0];
  description.segments[0].range.end = text.begin() + 4096;
  description.segments[1].range.begin = text.begin() + 8192;
  const Module* module = Add(description);
  std::vector<size_t> expected;
  for (size_t i = 64; i < 128; ++i) expected.push_back(i);
  EXPECT_EQ(Disabled(*module), expected);
}

TEST_F(ModuleTest, NumbersOfAClosedModuleAreUsedAgain) {
  FakeText text(200);
  const uint32_t base = Add(text.Describe(10, "a"))->first_id;
  Module* b = Add(text.Describe(20, "b"));
  Module* c = Add(text.Describe(5, "c"));
  EXPECT_EQ(b->first_id, base + 10);
  EXPECT_EQ(c->first_id, base + 30);
  Remove(b);
  EXPECT_EQ(Add(text.Describe(21, "too many for the gap"))->first_id, base + 35);
  EXPECT_EQ(Add(text.Describe(15, "d"))->first_id, base + 10);
  EXPECT_EQ(Add(text.Describe(5, "e"))->first_id, base + 25);
}

TEST_F(ModuleTest, LookUpsKnowTheModulesThatAreThere) {
  FakeText first(1);
  FakeText second(1);
  Module* a = Add(first.Describe(1, "a"));
  Module* b = Add(second.Describe(1, "b"));
  EXPECT_EQ(FindModule(first.begin()), a);
  EXPECT_EQ(FindModule(second.range().end - 1), b);
  EXPECT_EQ(FindModule(0), nullptr);
  EXPECT_EQ(FindModuleByNote(&first), a);
  Remove(a);
  EXPECT_EQ(FindModule(first.begin()), nullptr);
  EXPECT_EQ(FindModuleByNote(&first), nullptr);
  EXPECT_EQ(FindModuleByNote(&second), b);
}

TEST_F(ModuleTest, TheTableIsSortedByText) {
  FakeText texts[4] = {FakeText(1), FakeText(1), FakeText(1), FakeText(1)};
  for (const FakeText& text : texts) Add(text.Describe(1, "lib"));
  const ModuleTable* table = Modules();
  for (size_t i = 1; i < table->count; ++i) {
    EXPECT_LT(table->modules[i - 1]->text.begin, table->modules[i]->text.begin);
  }
}

TEST_F(ModuleTest, StateIsMadeInBlocksWhenTouched) {
  FakeText text(kSitesPerBlock * 2);
  Module* module = Add(text.Describe(kSitesPerBlock * 2, "lib"));
  SiteState* state = module->TouchState(kSitesPerBlock);
  ASSERT_NE(state, nullptr);
  EXPECT_EQ(module->State(kSitesPerBlock), state);
  EXPECT_EQ(module->State(kSitesPerBlock - 1), nullptr);
  EXPECT_EQ(module->State(2 * kSitesPerBlock - 1), state + kSitesPerBlock - 1);
  EXPECT_EQ(state->flags, 0u);
  EXPECT_EQ(state->stub, nullptr);
}

TEST_F(ModuleTest, AnEmptyTableOfRecordsIsNoFault) {
  FakeText text(1);
  const Module* module = Add(text.Describe(0, "lib"));
  EXPECT_EQ(module->Find(text.begin()), kNoSite);
}

TEST_F(ModuleTest, TooManyRecordsAreRefused) {
  FakeText text(1);
  ModuleDescription description = text.Describe(1, "lib");
  description.stop = description.start + (uint64_t{1} << 40);
  int error = 0;
  testing::internal::CaptureStderr();
  EXPECT_EQ(AddModule(description, &error), nullptr);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("lib: too many records"));
}

TEST_F(ModuleTest, WithoutMemoryAModuleIsRefusedWithoutATrace) {
  FakeText text(4);
  text.SetRecord(0, text.Pad(3), GoodFacts());
  text.SetRecord(3, text.Pad(0), 0);
  // What an earlier table left for later is freed by the first round.
  Remove(Add(text.Describe(4, "lib")));
  const size_t count = Modules()->count;
  uint64_t n = 1;
  for (;; ++n) {
    PollDeferred();
    const size_t before = AllocatedBytes();
    int error = 0;
    FailAllocation(n);
    testing::internal::CaptureStderr();
    Module* module = AddModule(text.Describe(4, "lib"), &error);
    testing::internal::GetCapturedStderr();
    FailAllocation(0);
    if (module != nullptr) {
      Remove(module);
      break;
    }
    EXPECT_EQ(error, -ENOMEM);
    EXPECT_EQ(AllocatedBytes(), before);
    EXPECT_EQ(Modules()->count, count);
  }
  EXPECT_GT(n, 4u);
}

TEST_F(ModuleTest, ClosingWithoutMemoryLeavesNothingToFind) {
  FakeText text(4);
  Module* module = Add(text.Describe(4, "lib"));
  added_.clear();
  FailAllocation(1);
  EXPECT_FALSE(RemoveModule(module));
  FailAllocation(0);
  EXPECT_EQ(FindModule(text.Pad(0)), nullptr);
  EXPECT_EQ(FindModuleByNote(&text), nullptr);
  EXPECT_EQ(module->Find(text.Pad(0)), kNoSite);
}

}  // namespace
}  // namespace ftrace
