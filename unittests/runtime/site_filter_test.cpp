// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/site_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "runtime/include/ftrace/ftrace.h"
#include "unittests/runtime/fake_module.h"

namespace ftrace {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// ---- Bits
// ----------------------------------------------------------------------------------------

class SiteBitsOfSize : public testing::TestWithParam<size_t> {};

TEST_P(SiteBitsOfSize, SetAllSetsThemAndNothingBehindThem) {
  const size_t size = GetParam();
  SiteBits bits;
  ASSERT_TRUE(bits.Reset(size));
  bits.SetAll(size);
  size_t set = 0;
  for (size_t w = 0; w < bits.word_count(); ++w) {
    set += static_cast<size_t>(__builtin_popcountll(bits.word(w)));
  }
  EXPECT_EQ(set, size);
  EXPECT_EQ(bits.word_count(), (size + 63) / 64);
}

TEST_P(SiteBitsOfSize, EachBitIsItsOwn) {
  const size_t size = GetParam();
  SiteBits bits;
  ASSERT_TRUE(bits.Reset(size));
  for (size_t i = 0; i < size; ++i) {
    EXPECT_FALSE(bits.Test(i));
    bits.Set(i);
    EXPECT_TRUE(bits.Test(i));
    for (size_t j = 0; j < size; ++j) EXPECT_EQ(bits.Test(j), i == j);
    bits.Clear(i);
  }
}

TEST_P(SiteBitsOfSize, ResetClears) {
  SiteBits bits;
  ASSERT_TRUE(bits.Reset(200));
  bits.SetAll(200);
  ASSERT_TRUE(bits.Reset(GetParam()));
  for (size_t i = 0; i < GetParam(); ++i) EXPECT_FALSE(bits.Test(i));
}

INSTANTIATE_TEST_SUITE_P(AroundAWord, SiteBitsOfSize,
                         testing::Values(0, 1, 63, 64, 65, 127, 128, 129));

// ---- Lists
// ---------------------------------------------------------------------------------------

std::vector<uint32_t> Ids(const SiteList& list) { return {list.ids.begin(), list.ids.end()}; }

void Fill(SiteList* list, std::initializer_list<uint32_t> ids) {
  for (const uint32_t id : ids) ASSERT_TRUE(list->ids.PushBack(id));
  list->active = true;
}

TEST(SiteList, ContainsWhatItHolds) {
  SiteList list;
  EXPECT_FALSE(list.Contains(0));
  Fill(&list, {3, 7, 9});
  std::vector<uint32_t> found;
  for (uint32_t id = 0; id < 12; ++id) {
    if (list.Contains(id)) found.push_back(id);
  }
  EXPECT_THAT(found, ElementsAre(3, 7, 9));
}

TEST(SiteList, DropForgetsARangeOfNumbers) {
  SiteList list;
  Fill(&list, {1, 5, 6, 7, 20});
  list.Drop(8, 12);
  EXPECT_THAT(Ids(list), ElementsAre(1, 5, 6, 7, 20));
  list.Drop(5, 2);
  EXPECT_THAT(Ids(list), ElementsAre(1, 7, 20));
  list.Drop(20, 1);
  EXPECT_THAT(Ids(list), ElementsAre(1, 7));
  list.Drop(0, 100);
  EXPECT_THAT(Ids(list), IsEmpty());
  list.Drop(0, 100);
  EXPECT_TRUE(list.active);
}

// A module of which only the numbers matter.
Module NumberedModule(uint32_t first_id, uint32_t count) {
  Module module = {};
  module.first_id = first_id;
  module.site_count = count;
  return module;
}

std::vector<size_t> SetBits(const SiteBits& bits, size_t count) {
  std::vector<size_t> set;
  for (size_t i = 0; i < count; ++i) {
    if (bits.Test(i)) set.push_back(i);
  }
  return set;
}

TEST(SiteList, ApplyTouchesTheModulesOwnSites) {
  const Module module = NumberedModule(10, 5);
  SiteList list;
  Fill(&list, {9, 10, 12, 14, 15});
  SiteBits bits;
  ASSERT_TRUE(bits.Reset(5));
  list.Apply(module, true, &bits);
  EXPECT_THAT(SetBits(bits, 5), ElementsAre(0, 2, 4));
  bits.SetAll(5);
  list.Apply(module, false, &bits);
  EXPECT_THAT(SetBits(bits, 5), ElementsAre(1, 3));
}

// ---- Matching
// ------------------------------------------------------------------------------------

std::vector<size_t> Matches(const SiteFilter& filter, const Module& module) {
  SiteBits bits;
  EXPECT_TRUE(filter.Match(module, &bits));
  return SetBits(bits, module.site_count);
}

TEST(SiteFilter, AnEmptyFilterMatchesAll) {
  EXPECT_THAT(Matches(SiteFilter(), NumberedModule(7, 3)), ElementsAre(0, 1, 2));
  EXPECT_THAT(Matches(SiteFilter(), NumberedModule(7, 0)), IsEmpty());
}

TEST(SiteFilter, NotraceSubtractsFromAllAndFromTheFilter) {
  SiteFilter filter;
  Fill(&filter.notrace, {11});
  EXPECT_THAT(Matches(filter, NumberedModule(10, 3)), ElementsAre(0, 2));
  Fill(&filter.filter, {10, 11});
  EXPECT_THAT(Matches(filter, NumberedModule(10, 3)), ElementsAre(0));
}

TEST(SiteFilter, AFilterThatLostItsLastEntryMatchesNothing) {
  SiteFilter filter;
  Fill(&filter.filter, {10});
  filter.filter.Drop(10, 1);
  EXPECT_THAT(Matches(filter, NumberedModule(10, 3)), IsEmpty());
  filter.Clear();
  EXPECT_THAT(Matches(filter, NumberedModule(10, 3)), ElementsAre(0, 1, 2));
}

TEST(SiteFilter, ACopyIsWholeOrFails) {
  const size_t at_start = AllocatedBytes();
  {
    SiteFilter filter;
    Fill(&filter.filter, {1, 2});
    Fill(&filter.notrace, {3});
    for (const char* text : {"abc*", "x"}) {
      KeptGlob glob = {static_cast<char*>(Allocate(strlen(text))),
                       static_cast<uint32_t>(strlen(text)), text[0] == 'x'};
      memcpy(glob.text, text, glob.size);
      ASSERT_TRUE(filter.kept.PushBack(glob));
    }
    for (uint64_t n = 1;; ++n) {
      SiteFilter copy;
      FailAllocation(n);
      const bool copied = copy.CopyFrom(filter);
      FailAllocation(0);
      if (copied) {
        EXPECT_EQ(n, 6u);
        EXPECT_THAT(Ids(copy.filter), ElementsAre(1, 2));
        EXPECT_THAT(Ids(copy.notrace), ElementsAre(3));
        ASSERT_EQ(copy.kept.size(), 2u);
        EXPECT_EQ(std::string_view(copy.kept[0].text, copy.kept[0].size), "abc*");
        EXPECT_TRUE(copy.kept[1].notrace);
      }
      copy.Clear();
      if (copied) break;
    }
    filter.Clear();
  }
  EXPECT_EQ(AllocatedBytes(), at_start);
}

// ---- Globs to sites
// ------------------------------------------------------------------------------

class ResolveGlobTest : public testing::Test {
 protected:
  long Resolve(std::string_view glob, Demangler demangler = nullptr) {
    return ResolveGlob(glob.data(), glob.size(), module_.module(), demangler, &list_);
  }
  std::vector<uint32_t> Sites() const {
    std::vector<uint32_t> sites;
    for (const uint32_t id : list_.ids) sites.push_back(id - module_.module()->first_id);
    return sites;
  }

  FakeModule module_{{"read", "_ZN2ns4readEi", "_ZNK1AclEv", "write", "_Zfoo"}};
  SiteList list_;
};

TEST_F(ResolveGlobTest, AddsUpAndRemoves) {
  EXPECT_EQ(Resolve("w*"), 1);
  EXPECT_EQ(Resolve("*read*"), 2);
  EXPECT_THAT(Sites(), ElementsAre(0, 1, 3));
  EXPECT_EQ(Resolve("*"), 5);
  EXPECT_EQ(Resolve("!_Z*"), 3);
  EXPECT_THAT(Sites(), ElementsAre(0, 3));
  EXPECT_EQ(Resolve("!*"), 5);
  EXPECT_THAT(Sites(), IsEmpty());
  EXPECT_EQ(Resolve("nothing"), 0);
}

TEST_F(ResolveGlobTest, DemangledNamesMatchWithAndWithoutParameters) {
  EXPECT_EQ(Resolve("ns::read"), 0);
  EXPECT_EQ(Resolve("ns::read", abi::__cxa_demangle), 1);
  EXPECT_EQ(Resolve("ns::read(int)", abi::__cxa_demangle), 1);
  EXPECT_THAT(Sites(), ElementsAre(1));
  EXPECT_EQ(Resolve("A::operator()", abi::__cxa_demangle), 1);
  EXPECT_EQ(Resolve("A::operator()() const", abi::__cxa_demangle), 1);
  EXPECT_THAT(Sites(), ElementsAre(1, 2));
}

TEST_F(ResolveGlobTest, WithoutAFileNothingMatchesAndOneLineSaysWhy) {
  FakeText text(1);
  int error = 0;
  Module* module = AddModule(text.Describe(1, "/nonexistent/library.so"), &error);
  ASSERT_NE(module, nullptr);
  testing::internal::CaptureStderr();
  EXPECT_EQ(ResolveGlob("*", 1, module, nullptr, &list_), 0);
  EXPECT_EQ(ResolveGlob("*", 1, module, nullptr, &list_), 0);
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "ftrace: /nonexistent/library.so: the file cannot be read, so its functions have no "
            "names; filters do not match them\n");
  ASSERT_TRUE(RemoveModule(module));
  FreeModule(module);
}

TEST_F(ResolveGlobTest, DisabledSitesNeverMatch) {
  module_.module()->TouchState(3)->flags |= FTRACE_SITE_DISABLED;
  EXPECT_EQ(Resolve("write"), 0);
  EXPECT_EQ(Resolve("*"), 4);
}

TEST_F(ResolveGlobTest, NoMemoryIsSaid) {
  for (uint64_t n = 1; n <= 2; ++n) {
    FailAllocation(n);
    EXPECT_EQ(Resolve("*"), -ENOMEM);
  }
  FailAllocation(0);
  EXPECT_EQ(Resolve("*"), 5);
}

}  // namespace
}  // namespace ftrace
