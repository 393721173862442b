// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/tracer_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "arch/x86_64/code.h"
#include "runtime/code_region.h"
#include "runtime/memory.h"
#include "unittests/runtime/fake_module.h"

namespace ftrace {
namespace {

using testing::ElementsAre;

void Ignore(unsigned long, unsigned long, ftrace_ops*, ftrace_regs*) {}

// Ids that no other test has used.
uint64_t NewId() {
  static uint64_t last = uint64_t{1} << 40;
  return ++last;
}

SetMember Member(uint64_t id) { return {id, {Ignore, nullptr}, 0}; }

class TracerSetTest : public testing::Test {
 protected:
  void TearDown() override {
    FailAllocation(0);
    GarbageList garbage;
    for (const uint64_t id : {a_, b_, c_}) ForgetSets(id, &garbage);
    garbage.FreeAll();
    EXPECT_EQ(SetCount(), count_at_start_);
    CloseRegions();
  }

  // One update that adds one member to one set.
  TracerSet* With(TracerSet* set, uint64_t id) {
    BeginSetUpdate();
    return SetWith(set, Member(id));
  }
  TracerSet* Without(TracerSet* set, uint64_t id) {
    BeginSetUpdate();
    int error = -1;
    TracerSet* result = SetWithout(set, id, &error);
    EXPECT_EQ(error, 0);
    return result;
  }
  CodeRegion* Region() {
    int error = 0;
    EXPECT_EQ(OpenRegions(), 0);
    return FindRegion(text_.range(), &error);
  }
  static std::vector<uint64_t> Ids(const TracerSet* set) {
    std::vector<uint64_t> ids;
    for (uint32_t i = 0; i < set->count; ++i) ids.push_back(set->members[i].id);
    return ids;
  }
  // Where the stub jumps to.
  static const uint8_t* Target(const uint8_t* stub) {
    uint64_t word = 0;
    memcpy(&word, stub + x86_64::kStubJumpWord, sizeof(word));
    return reinterpret_cast<const uint8_t*>(
        x86_64::StubTarget(word, reinterpret_cast<uint64_t>(stub)));
  }

  const size_t count_at_start_ = SetCount();
  const uint64_t a_ = NewId();
  const uint64_t b_ = NewId();
  const uint64_t c_ = NewId();
  FakeText text_{1};
};

TEST_F(TracerSetTest, TheSameTracersAreOneSetWhateverTheOrderTheyCameIn) {
  TracerSet* ab = With(With(nullptr, a_), b_);
  TracerSet* ba = With(With(nullptr, b_), a_);
  EXPECT_EQ(ab, ba);
  TracerSet* abc = With(ab, c_);
  EXPECT_EQ(With(With(With(nullptr, c_), b_), a_), abc);
  EXPECT_EQ(Without(abc, c_), ab);
  EXPECT_EQ(Without(Without(abc, c_), b_), With(nullptr, a_));
  EXPECT_NE(With(nullptr, a_), With(nullptr, b_));
  EXPECT_EQ(Without(With(nullptr, a_), a_), nullptr);
}

TEST_F(TracerSetTest, MembersAreInTheOrderOfRegistration) {
  TracerSet* set = With(With(With(nullptr, b_), c_), a_);
  EXPECT_THAT(Ids(set), ElementsAre(a_, b_, c_));
  EXPECT_THAT(Ids(Without(set, b_)), ElementsAre(a_, c_));
}

TEST_F(TracerSetTest, ContainsItsMembersOnly) {
  TracerSet* set = With(With(nullptr, a_), c_);
  EXPECT_TRUE(SetContains(set, a_));
  EXPECT_FALSE(SetContains(set, b_));
  EXPECT_TRUE(SetContains(set, c_));
  EXPECT_FALSE(SetContains(nullptr, a_));
}

TEST_F(TracerSetTest, OneUpdateComputesANeighbourOnce) {
  TracerSet* set = With(nullptr, a_);
  BeginSetUpdate();
  TracerSet* with = SetWith(set, Member(b_));
  FailAllocation(1);
  EXPECT_EQ(SetWith(set, Member(b_)), with);
  BeginSetUpdate();
  EXPECT_EQ(SetWith(set, Member(b_)), nullptr);
}

TEST_F(TracerSetTest, WithoutMemoryNothingIsInterned) {
  TracerSet* ab = With(With(nullptr, a_), b_);
  const size_t count = SetCount();
  const size_t bytes = AllocatedBytes();
  for (uint64_t n = 1; n <= 2; ++n) {
    FailAllocation(n);
    EXPECT_EQ(With(ab, c_), nullptr);
    int error = 0;
    BeginSetUpdate();
    FailAllocation(n);
    EXPECT_EQ(SetWithout(ab, a_, &error), nullptr);
    EXPECT_EQ(error, -ENOMEM);
    FailAllocation(0);
    EXPECT_EQ(SetCount(), count);
    EXPECT_EQ(AllocatedBytes(), bytes);
  }
  EXPECT_THAT(Ids(Without(ab, a_)), ElementsAre(b_));
}

TEST_F(TracerSetTest, ForgettingATracerForgetsItsSetsOnly) {
  With(With(nullptr, a_), b_);
  TracerSet* b = With(nullptr, b_);
  const size_t bytes = AllocatedBytes();
  With(With(b, c_), a_);
  GarbageList garbage;
  ForgetSets(a_, &garbage);
  ForgetSets(c_, &garbage);
  garbage.FreeAll();
  EXPECT_EQ(SetCount(), count_at_start_ + 1);
  EXPECT_EQ(With(nullptr, b_), b);
  EXPECT_LT(AllocatedBytes(), bytes);
}

TEST_F(TracerSetTest, AStubLeadsToTheSetsTrampoline) {
  CodeRegion* region = Region();
  TracerSet* set = With(nullptr, a_);
  uint8_t* stub = SetStub(set, region);
  ASSERT_NE(stub, nullptr);
  EXPECT_EQ(SetStub(set, region), stub);
  EXPECT_EQ(Target(stub), set->code->trampoline->code);
  EXPECT_NE(SetStub(With(nullptr, b_), region), stub);
}

TEST_F(TracerSetTest, ARetiredSetsStubLeadsToTheGenericGateAndIsUsedAgain) {
  CodeRegion* region = Region();
  TracerSet* set = With(nullptr, a_);
  uint8_t* stub = SetStub(set, region);
  AddSite(set);
  AddSite(set);
  DropSite(set);
  GarbageList garbage;
  RetireUnusedSets(&garbage);
  EXPECT_EQ(Target(stub), set->code->trampoline->code);
  DropSite(set);
  RetireUnusedSets(&garbage);
  EXPECT_EQ(Target(stub), arch::RegionGeneric(region->base));
  EXPECT_EQ(set->code->trampoline, nullptr);
  EXPECT_FALSE(garbage.empty());
  // Revived before the old trampoline is free: another one.
  EXPECT_EQ(SetStub(set, region), stub);
  EXPECT_EQ(Target(stub), set->code->trampoline->code);
  garbage.FreeAll();
}

TEST_F(TracerSetTest, ASetThatIsUsedAgainBeforeTheUpdateEndsIsNotRetired) {
  CodeRegion* region = Region();
  TracerSet* set = With(nullptr, a_);
  uint8_t* stub = SetStub(set, region);
  AddSite(set);
  DropSite(set);
  AddSite(set);
  GarbageList garbage;
  RetireUnusedSets(&garbage);
  EXPECT_TRUE(garbage.empty());
  EXPECT_EQ(Target(stub), set->code->trampoline->code);
  DropSite(set);
  RetireUnusedSets(&garbage);
  EXPECT_FALSE(garbage.empty());
  garbage.FreeAll();
}

TEST_F(TracerSetTest, AFreedTrampolinesMemoryServesTheNextOne) {
  CodeRegion* region = Region();
  TracerSet* set = With(nullptr, a_);
  SetStub(set, region);
  const uint8_t* code = set->code->trampoline->code;
  AddSite(set);
  DropSite(set);
  GarbageList garbage;
  RetireUnusedSets(&garbage);
  TracerSet* other = With(nullptr, b_);
  SetStub(other, region);
  EXPECT_NE(other->code->trampoline->code, code);  // a thread may still run the old one
  garbage.FreeAll();
  TracerSet* later = With(nullptr, c_);
  SetStub(later, region);
  EXPECT_EQ(later->code->trampoline->code, code);
}

TEST_F(TracerSetTest, ForgettingASetThatNoSiteUsedFreesItsTrampolineFromClosedRegions) {
  CodeRegion* region = Region();
  TracerSet* set = With(nullptr, a_);
  uint8_t* stub = SetStub(set, region);
  CloseRegions();
  GarbageList garbage;
  ForgetSets(a_, &garbage);
  EXPECT_FALSE(region->open);
  EXPECT_EQ(Target(stub), arch::RegionGeneric(region->base));
  garbage.FreeAll();
}

TEST_F(TracerSetTest, PassThroughAimsEveryStubAtTheExit) {
  CodeRegion* region = Region();
  uint8_t* first = SetStub(With(nullptr, a_), region);
  uint8_t* second = SetStub(With(With(nullptr, a_), b_), region);
  PassThroughAllSets();
  EXPECT_EQ(Target(first), arch::RegionExit(region->base));
  EXPECT_EQ(Target(second), arch::RegionExit(region->base));
}

TEST_F(TracerSetTest, WithoutMemoryThereIsNoStubAndLaterThereIs) {
  CodeRegion* region = Region();
  TracerSet* set = With(nullptr, a_);
  uint64_t n = 1;
  for (;; ++n) {
    FailAllocation(n);
    uint8_t* stub = SetStub(set, region);
    FailAllocation(0);
    if (stub != nullptr) break;
    EXPECT_TRUE(set->code == nullptr || set->code->trampoline == nullptr);
  }
  EXPECT_GE(n, 3u);
}

}  // namespace
}  // namespace ftrace
