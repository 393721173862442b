// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/code_region.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdio>
#include <fstream>

#include "unittests/runtime/fake_module.h"

namespace ftrace {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::Not;

void Ignore(unsigned long, unsigned long, ftrace_ops*, ftrace_regs*) {}

uint64_t Address(const void* pointer) { return reinterpret_cast<uint64_t>(pointer); }

// What the kernel says of a region's memory.
std::vector<std::string> PermissionsOf(const CodeRegion& region) {
  std::vector<std::string> permissions;
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    unsigned long begin = 0;
    unsigned long end = 0;
    char text[5] = "";
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &begin, &end, text) == 3 &&
        begin < Address(region.base) + kRegionSize && end > Address(region.base)) {
      permissions.push_back(text);
    }
  }
  return permissions;
}

class CodeRegionTest : public testing::Test {
 protected:
  void TearDown() override { CloseRegions(); }
  CodeRegion* Find(arch::AddressRange text) {
    int error = -1;
    CodeRegion* region = FindRegion(text, &error);
    EXPECT_EQ(error, 0);
    return region;
  }
  // A branch is five bytes and reaches +-2^31 from its end.
  static void ExpectWithinReach(const CodeRegion& region, arch::AddressRange text) {
    const auto low = static_cast<int64_t>(Address(region.base));
    const int64_t high = low + static_cast<int64_t>(kRegionSize);
    EXPECT_LT(high - static_cast<int64_t>(text.begin), INT32_MAX);
    EXPECT_GT(low - static_cast<int64_t>(text.end), INT32_MIN);
  }

  FakeText text_{1};
};

TEST_F(CodeRegionTest, LiesWithinReachOfTheTextAndServesItAgain) {
  CodeRegion* region = Find(text_.range());
  ASSERT_NE(region, nullptr);
  ExpectWithinReach(*region, text_.range());
  EXPECT_EQ(Find(text_.range()), region);
}

TEST_F(CodeRegionTest, TextsFarApartHaveRegionsOfTheirOwn) {
  // This program and its stack lie further apart than a branch reaches.
  const int here = 0;
  const uint64_t program = Address(reinterpret_cast<const void*>(&Ignore)) & ~uint64_t{4095};
  const uint64_t stack = Address(&here) & ~uint64_t{4095};
  const arch::AddressRange low = {program, program + 4096};
  const arch::AddressRange high = {stack, stack + 4096};
  CodeRegion* first = Find(low);
  CodeRegion* second = Find(high);
  ASSERT_TRUE(first != nullptr && second != nullptr);
  EXPECT_NE(first, second);
  ExpectWithinReach(*first, low);
  ExpectWithinReach(*second, high);
  EXPECT_EQ(Find(low), first);
  EXPECT_EQ(Find(high), second);
}

TEST_F(CodeRegionTest, IsWritableOnlyWhileItIsOpen) {
  ASSERT_EQ(OpenRegions(), 0);
  CodeRegion* region = Find(text_.range());
  EXPECT_THAT(PermissionsOf(*region), testing::Contains("rwxp"));
  CloseRegions();
  EXPECT_THAT(PermissionsOf(*region), Each(Not(HasSubstr("w"))));
  EXPECT_THAT(PermissionsOf(*region), testing::Contains("r-xp"));
  ASSERT_EQ(OpenRegions(), 0);
  NewStub(region, arch::RegionGeneric(region->base));
  CloseRegions();
  EXPECT_THAT(PermissionsOf(*region), Each(Not(HasSubstr("w"))));
}

TEST_F(CodeRegionTest, StubsAndTrampolinesDoNotOverlapAcrossSteps) {
  ASSERT_EQ(OpenRegions(), 0);
  CodeRegion* region = Find(text_.range());
  const arch::Callback callback = {Ignore, nullptr};
  uint64_t last_end = Address(region->base) + arch::RegionHeaderSize();
  // More than what is committed at first.
  for (int i = 0; i < 3000; ++i) {
    const uint64_t stub = Address(NewStub(region, arch::RegionExit(region->base)));
    ASSERT_GE(stub, last_end);
    ASSERT_EQ(stub % arch::StubSize(), 0u);
    last_end = stub + arch::StubSize();
    if (i % 100 != 0) continue;
    const Trampoline* trampoline = NewTrampoline(region, &callback, 1, true);
    ASSERT_NE(trampoline, nullptr);
    if (Address(trampoline->code) < last_end) continue;  // used again
    last_end = Address(trampoline->code) + arch::MaxTrampolineSize(1, true);
  }
  EXPECT_LE(last_end, Address(region->base) + region->committed);
  CloseRegions();
  EXPECT_THAT(PermissionsOf(*region), Each(Not(HasSubstr("w"))));
}

TEST_F(CodeRegionTest, ATrampolineIsUsedAgainOnlyForItsSize) {
  ASSERT_EQ(OpenRegions(), 0);
  CodeRegion* region = Find(text_.range());
  const std::vector<arch::Callback> callbacks(200, {Ignore, nullptr});
  Trampoline* small = NewTrampoline(region, callbacks.data(), 1, false);
  Trampoline* large = NewTrampoline(region, callbacks.data(), callbacks.size(), true);
  ASSERT_TRUE(small != nullptr && large != nullptr);
  const uint8_t* large_code = large->code;
  small->free(small);
  large->free(large);
  EXPECT_EQ(NewTrampoline(region, callbacks.data(), callbacks.size(), true)->code, large_code);
}

TEST_F(CodeRegionTest, TextWiderThanABranchReachesIsRefused) {
  const arch::AddressRange wide = {text_.begin(), text_.begin() + (uint64_t{5} << 30)};
  int error = 0;
  testing::internal::CaptureStderr();
  EXPECT_EQ(FindRegion(wide, &error), nullptr);
  EXPECT_EQ(error, -ENOMEM);
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              HasSubstr("no free address space within a branch's reach"));
}

TEST_F(CodeRegionTest, AFullRegionIsFollowedByAnother) {
  ASSERT_EQ(OpenRegions(), 0);
  CodeRegion* region = Find(text_.range());
  while (NewStub(region, arch::RegionExit(region->base)) != nullptr) {
  }
  CodeRegion* next = Find(text_.range());
  ASSERT_NE(next, nullptr);
  EXPECT_NE(next, region);
  ExpectWithinReach(*next, text_.range());
  EXPECT_NE(NewStub(next, arch::RegionExit(next->base)), nullptr);
  EXPECT_EQ(Find(text_.range()), next);
}

}  // namespace
}  // namespace ftrace
