// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/update.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cerrno>
#include <fstream>
#include <optional>

#include "runtime/code_region.h"
#include "runtime/lock.h"
#include "runtime/memory.h"
#include "unittests/runtime/fake_module.h"
#include "unittests/runtime/test_tracer.h"

namespace ftrace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr uint8_t kBreakpoint = 0xcc;

std::vector<std::string> Names(size_t count) {
  std::vector<std::string> names;
  names.reserve(count);
  for (size_t i = 0; i < count; ++i) names.push_back("f" + std::to_string(i));
  return names;
}

// The permissions of the mapping that holds the address, as the kernel says: "r-xp".
std::string PermissionsOf(uint64_t address) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    unsigned long begin = 0;
    unsigned long end = 0;
    char permissions[5] = "";
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &begin, &end, permissions) == 3 &&
        address >= begin && address < end) {
      return permissions;
    }
  }
  return "unmapped";
}

class UpdateTest : public testing::Test {
 protected:
  FakeModule module_{{"read", "write", "open", "close"}};
  const std::string pristine_ = module_.text().Bytes();
};

TEST_F(UpdateTest, ATracerGetsEveryCallOfEveryFunctionAndLeavesNothingBehind) {
  TestTracer tracer;
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_THAT(module_.Enabled(), ElementsAre("read", "write", "open", "close"));
  for (size_t i = 0; i < module_.size(); ++i) module_.text().Call(i);
  EXPECT_THAT(tracer.calls, ElementsAre(module_.text().Pad(0), module_.text().Pad(1),
                                        module_.text().Pad(2), module_.text().Pad(3)));
  ASSERT_EQ(tracer.Unregister(), 0);
  EXPECT_EQ(module_.text().Bytes(), pristine_);
  module_.text().Call(0);
  EXPECT_EQ(tracer.calls.size(), 4u);
  for (size_t i = 0; i < module_.size(); ++i) EXPECT_EQ(module_.Flags(i), FTRACE_SITE_TOUCHED);
}

TEST_F(UpdateTest, OnlyPadsOfFilteredFunctionsChange) {
  TestTracer tracer;
  ASSERT_EQ(tracer.Filter("write"), 0);
  ASSERT_EQ(tracer.Register(), 0);
  std::string expected = pristine_;
  expected.replace(FakeText::kStride, FakeText::PadSize(), module_.text().PadBytes(1));
  EXPECT_EQ(module_.text().Bytes(), expected);
  EXPECT_NE(expected, pristine_);
}

TEST_F(UpdateTest, TextIsNotWritableAfterAnUpdate) {
  TestTracer tracer;
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_EQ(PermissionsOf(module_.text().Pad(0)), "r-xp");
  ASSERT_EQ(tracer.Unregister(), 0);
  EXPECT_EQ(PermissionsOf(module_.text().Pad(0)), "r-xp");
}

TEST_F(UpdateTest, SitesWithTheSameTracersCallOneStub) {
  TestTracer first;
  TestTracer second;
  ASSERT_EQ(first.Filter("*e"), 0);  // write, close
  ASSERT_EQ(second.Filter("[wco]*"), 0);
  ASSERT_EQ(first.Register(), 0);
  ASSERT_EQ(second.Register(), 0);
  const Module& module = *module_.module();
  EXPECT_EQ(module.State(1)->stub, module.State(3)->stub);
  EXPECT_NE(module.State(1)->stub, module.State(2)->stub);
}

TEST_F(UpdateTest, SeveralTracersRunLatestFirst) {
  static std::vector<int> order;
  order.clear();
  const auto note = [](unsigned long, unsigned long, ftrace_ops* ops, ftrace_regs*) {
    order.push_back(static_cast<int>(reinterpret_cast<intptr_t>(ops->private_data)));
  };
  std::vector<ftrace_ops> ops(3);
  for (size_t i = 0; i < ops.size(); ++i) {
    ops[i].func = note;
    ops[i].private_data = reinterpret_cast<void*>(i + 1);
    ASSERT_EQ(register_ftrace_function(&ops[i]), 0);
  }
  module_.text().Call(2);
  EXPECT_THAT(order, ElementsAre(3, 2, 1));
  ASSERT_EQ(unregister_ftrace_function(&ops[1]), 0);
  module_.text().Call(2);
  EXPECT_THAT(order, ElementsAre(3, 2, 1, 3, 1));
  ASSERT_EQ(unregister_ftrace_function(&ops[0]), 0);
  ASSERT_EQ(unregister_ftrace_function(&ops[2]), 0);
  EXPECT_EQ(module_.text().Bytes(), pristine_);
}

TEST_F(UpdateTest, BytesDependOnTheRemainingTracersOnly) {
  TestTracer stays;
  ASSERT_EQ(stays.Register(), 0);
  const std::string alone = module_.text().Bytes();
  TestTracer other;
  ASSERT_EQ(other.Filter("open"), 0);
  ASSERT_EQ(other.Register(), 0);
  EXPECT_NE(module_.text().Bytes(), alone);
  ASSERT_EQ(other.Unregister(), 0);
  EXPECT_EQ(module_.text().Bytes(), alone);
}

TEST_F(UpdateTest, AFilterChangeOfARegisteredTracerIsAppliedAtOnce) {
  TestTracer tracer;
  ASSERT_EQ(tracer.Filter("read"), 0);
  ASSERT_EQ(tracer.Register(), 0);
  ASSERT_EQ(tracer.Filter("*e", 1), 0);
  EXPECT_THAT(module_.Enabled(), ElementsAre("write", "close"));
  ASSERT_EQ(tracer.Filter("read"), 0);
  EXPECT_THAT(module_.Enabled(), ElementsAre("read", "write", "close"));
  ASSERT_EQ(tracer.Notrace("*o*"), 0);
  EXPECT_THAT(module_.Enabled(), ElementsAre("read", "write"));
  ASSERT_EQ(tracer.Filter("!read"), 0);
  ASSERT_EQ(tracer.Filter("!*"), 0);
  EXPECT_THAT(module_.Enabled(), IsEmpty());
  ASSERT_EQ(ftrace_set_filter(&tracer.ops, nullptr, 0, 1), 0);
  EXPECT_THAT(module_.Enabled(), ElementsAre("read", "write"));
}

TEST_F(UpdateTest, AFailingFilterCallChangesNothing) {
  TestTracer tracer;
  ASSERT_EQ(tracer.Filter("read"), 0);
  ASSERT_EQ(tracer.Register(), 0);
  const std::string before = module_.text().Bytes();
  EXPECT_EQ(tracer.Filter("nothing", 1), -EINVAL);
  EXPECT_EQ(tracer.Filter("nothing", 0), -EINVAL);
  EXPECT_EQ(ftrace_set_filter(&tracer.ops, "w*", 0, 1), -EINVAL);
  EXPECT_EQ(ftrace_set_filter(&tracer.ops, "w*", -1, 1), -EINVAL);
  EXPECT_EQ(tracer.Notrace("nothing", 1), -EINVAL);
  EXPECT_EQ(module_.text().Bytes(), before);
  ASSERT_EQ(tracer.Unregister(), 0);
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_THAT(module_.Enabled(), ElementsAre("read"));
}

TEST_F(UpdateTest, WrongRegistrationsAreRefused) {
  TestTracer tracer;
  EXPECT_EQ(tracer.Unregister(), -EBUSY);
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_EQ(tracer.Register(), -EBUSY);
  ASSERT_EQ(tracer.Unregister(), 0);
  EXPECT_EQ(tracer.Unregister(), -EBUSY);
  ftrace_ops none = {};
  EXPECT_EQ(register_ftrace_function(&none), -EINVAL);
  EXPECT_EQ(register_ftrace_function(nullptr), -EINVAL);
  EXPECT_EQ(unregister_ftrace_function(nullptr), -EINVAL);
  tracer.ops.flags = 1UL << 60;
  EXPECT_EQ(tracer.Register(), -EINVAL);
}

TEST_F(UpdateTest, AClosedModuleHasItsBytesBackAndALaterOneIsTraced) {
  TestTracer tracer;
  ASSERT_EQ(tracer.Register(), 0);
  module_.Unload();
  EXPECT_EQ(module_.text().Bytes(), pristine_);
  module_.Load();
  EXPECT_EQ(module_.Enabled().size(), module_.size());
  module_.text().Call(3);
  EXPECT_THAT(tracer.calls, ElementsAre(module_.text().Pad(3)));
}

TEST_F(UpdateTest, AFilterOfAClosedModuleMatchesNothingAfterwards) {
  TestTracer tracer;
  ASSERT_EQ(tracer.Filter("*"), 0);
  module_.Unload();
  module_.Load();
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_THAT(module_.Enabled(), IsEmpty());
}

TEST_F(UpdateTest, TwoModulesAreSwitchedTogether) {
  FakeModule other({"read", "other"});
  const std::string other_pristine = other.text().Bytes();
  TestTracer tracer;
  ASSERT_EQ(tracer.Filter("read"), 0);
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_THAT(module_.Enabled(), ElementsAre("read"));
  EXPECT_THAT(other.Enabled(), ElementsAre("read"));
  module_.text().Call(0);
  other.text().Call(0);
  EXPECT_THAT(tracer.calls, ElementsAre(module_.text().Pad(0), other.text().Pad(0)));
  ASSERT_EQ(tracer.Unregister(), 0);
  EXPECT_EQ(module_.text().Bytes(), pristine_);
  EXPECT_EQ(other.text().Bytes(), other_pristine);
}

TEST_F(UpdateTest, AFullRegionOfStubsDoesNotEndTracing) {
  TestTracer tracer;
  ASSERT_EQ(tracer.Register(), 0);
  CodeRegion* full = module_.module()->region;
  {
    const ApiLock lock;
    ASSERT_EQ(OpenRegions(), 0);
    while (NewStub(full, arch::RegionExit(full->base)) != nullptr) {
    }
    CloseRegions();
  }
  TestTracer second;
  ASSERT_EQ(second.Filter("read"), 0);
  ASSERT_EQ(second.Register(), 0);
  EXPECT_NE(module_.module()->region, full);
  module_.text().Call(0);
  module_.text().Call(1);
  EXPECT_EQ(tracer.calls.size(), 2u);
  EXPECT_EQ(second.calls.size(), 1u);
  ASSERT_EQ(second.Unregister(), 0);
  ASSERT_EQ(tracer.Unregister(), 0);
  EXPECT_EQ(module_.text().Bytes(), pristine_);
}

// ---- Other people's bytes
// ------------------------------------------------------------------------

class BreakpointTest : public UpdateTest {
 protected:
  void SetBreakpoint(size_t i) { module_.text().Poke(i * FakeText::kStride, kBreakpoint); }
  void ClearBreakpoint(size_t i) {
    module_.text().Poke(i * FakeText::kStride, arch::Traits().pad_bytes[0]);
  }
};

TEST_F(BreakpointTest, TheSiteIsLeftAloneTheOthersAreDone) {
  SetBreakpoint(1);
  TestTracer tracer;
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_EQ(static_cast<uint8_t>(module_.text().PadBytes(1)[0]), kBreakpoint);
  EXPECT_THAT(module_.Enabled(), ElementsAre("read", "open", "close"));
  EXPECT_EQ(module_.Flags(1), FTRACE_SITE_SHADOWED);
  EXPECT_EQ(ShadowedSites(), 1u);
  ClearBreakpoint(1);
}

TEST_F(BreakpointTest, TheNextUpdateOfAnythingTriesTheSiteAgain) {
  SetBreakpoint(1);
  TestTracer tracer;
  ASSERT_EQ(tracer.Register(), 0);
  TestTracer other;
  ASSERT_EQ(other.Filter("close"), 0);
  ASSERT_EQ(other.Register(), 0);
  EXPECT_EQ(module_.Flags(1), FTRACE_SITE_SHADOWED);
  ClearBreakpoint(1);
  ASSERT_EQ(other.Filter("open", 1), 0);
  EXPECT_EQ(ShadowedSites(), 0u);
  EXPECT_EQ(module_.Enabled().size(), 4u);
  module_.text().Call(1);
  EXPECT_THAT(tracer.calls, ElementsAre(module_.text().Pad(1)));
}

TEST_F(BreakpointTest, ADisabledSiteIsRestoredOnceTheBreakpointIsGone) {
  TestTracer tracer;
  ASSERT_EQ(tracer.Filter("write"), 0);
  ASSERT_EQ(tracer.Register(), 0);
  SetBreakpoint(1);
  ASSERT_EQ(tracer.Unregister(), 0);
  EXPECT_EQ(ShadowedSites(), 1u);
  ClearBreakpoint(1);
  // Still the call: the stub delivers nothing any more.
  module_.text().Call(1);
  EXPECT_THAT(tracer.calls, IsEmpty());
  TestTracer other;
  ASSERT_EQ(other.Filter("read"), 0);
  ASSERT_EQ(other.Register(), 0);
  EXPECT_EQ(ShadowedSites(), 0u);
  EXPECT_EQ(module_.text().PadBytes(1), pristine_.substr(FakeText::kStride, FakeText::PadSize()));
}

TEST_F(BreakpointTest, AModuleTakesItsShadowedSitesAlong) {
  SetBreakpoint(0);
  SetBreakpoint(2);
  TestTracer tracer;
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_EQ(ShadowedSites(), 2u);
  module_.Unload();
  EXPECT_EQ(ShadowedSites(), 0u);
  ClearBreakpoint(0);
  ClearBreakpoint(2);
}

TEST_F(BreakpointTest, ABreakpointInTheBodyStays) {
  const size_t body = FakeText::kStride + FakeText::PadSize() + 1;
  TestTracer tracer;
  module_.text().Poke(body, kBreakpoint);
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_EQ(static_cast<uint8_t>(module_.text().Bytes()[body]), kBreakpoint);
  EXPECT_EQ(ShadowedSites(), 0u);
}

TEST_F(UpdateTest, ARestoredPadIsSwitchedAsAskedAndSaidSo) {
  TestTracer tracer;
  ASSERT_EQ(tracer.Filter("read"), 0);
  ASSERT_EQ(tracer.Register(), 0);
  for (size_t i = 0; i < FakeText::PadSize(); ++i) {
    module_.text().Poke(i, arch::Traits().pad_bytes[i]);
  }
  testing::internal::CaptureStderr();
  EXPECT_EQ(tracer.Unregister(), 0);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("restored the bytes"));
  EXPECT_EQ(module_.text().Bytes(), pristine_);
  EXPECT_EQ(ftrace_is_dead(), 0);
}

// ---- No memory
// -----------------------------------------------------------------------------------

// What must not change when a call fails.
struct Picture {
  explicit Picture(FakeModule* module) : text(module->text().Bytes()) {
    for (size_t i = 0; i < module->size(); ++i) {
      flags.push_back(module->Flags(i));
      tracers.push_back(module->Tracers(i));
    }
  }
  bool operator==(const Picture&) const = default;

  std::string text;
  std::vector<uint32_t> flags;
  std::vector<uint32_t> tracers;
};

class NoMemoryTest : public testing::Test {
 protected:
  void TearDown() override { FailAllocation(0); }

  // Runs the call with the first, second, ... allocation failing until it succeeds. Returns how
  // often it failed.
  template <typename Call>
  int FailUntilItSucceeds(Call call) {
    for (uint64_t n = 1;; ++n) {
      const Picture before(&module_);
      FailAllocation(n);
      const int result = call();
      FailAllocation(0);
      if (result == 0) return static_cast<int>(n - 1);
      EXPECT_EQ(result, -ENOMEM) << "allocation " << n;
      EXPECT_TRUE(Picture(&module_) == before) << "allocation " << n;
      if (HasFailure() || n > 1000) return -1;
    }
  }

  // More than a block of states, and more than one page of text.
  FakeModule module_{Names(300)};
};

TEST_F(NoMemoryTest, RegisteringFailsUnchangedUntilThereIsEnough) {
  TestTracer tracer;
  EXPECT_GT(FailUntilItSucceeds([&] { return tracer.Register(); }), 5);
  EXPECT_EQ(module_.Enabled().size(), module_.size());
}

TEST_F(NoMemoryTest, ASecondTracerFailsUnchangedUntilThereIsEnough) {
  TestTracer tracer;
  TestTracer some;
  TestTracer second;
  ASSERT_EQ(tracer.Register(), 0);
  ASSERT_EQ(some.Filter("f1*"), 0);
  ASSERT_EQ(some.Register(), 0);
  EXPECT_GT(FailUntilItSucceeds([&] { return second.Register(); }), 5);
  EXPECT_EQ(module_.Tracers(1), 3u);
  EXPECT_EQ(module_.Tracers(2), 2u);
}

TEST_F(NoMemoryTest, AFilterChangeFailsUnchangedUntilThereIsEnough) {
  TestTracer other;
  TestTracer tracer;
  ASSERT_EQ(other.Filter("*7"), 0);
  ASSERT_EQ(other.Register(), 0);
  ASSERT_EQ(tracer.Filter("f1*"), 0);
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_GT(FailUntilItSucceeds([&] { return tracer.Filter("f2*", 1); }), 5);
  EXPECT_EQ(module_.Tracers(17), 1u);
  EXPECT_EQ(module_.Tracers(27), 2u);
  EXPECT_GT(FailUntilItSucceeds([&] { return tracer.Notrace("f29*"); }), 5);
  EXPECT_EQ(module_.Tracers(297), 1u);
}

TEST_F(NoMemoryTest, AFilterOfAnUnregisteredTracerFailsUnchangedUntilThereIsEnough) {
  TestTracer tracer;
  EXPECT_GT(FailUntilItSucceeds([&] { return tracer.Filter("f1*"); }), 2);
  ASSERT_EQ(tracer.Register(), 0);
  EXPECT_EQ(module_.Enabled().size(), 111u);
}

TEST_F(NoMemoryTest, UnregisteringSucceedsAndWhatIsLeftIsTakenOutLater) {
  const std::string pristine = module_.text().Bytes();
  for (uint64_t n = 1; n <= 16; ++n) {
    TestTracer stays;
    TestTracer goes;
    TestTracer other;
    ASSERT_EQ(stays.Filter("f1*"), 0);
    ASSERT_EQ(stays.Register(), 0);
    const std::string without = module_.text().Bytes();
    ASSERT_EQ(goes.Register(), 0);
    FailAllocation(n);
    EXPECT_EQ(goes.Unregister(), 0) << n;
    FailAllocation(0);
    module_.text().Call(1);
    module_.text().Call(2);
    EXPECT_EQ(goes.calls.size(), 0u) << n;
    EXPECT_EQ(stays.calls.size(), 1u) << n;
    EXPECT_EQ(goes.Unregister(), -EBUSY);
    // Any later change of anything.
    ASSERT_EQ(other.Filter("f2"), 0);
    EXPECT_EQ(module_.text().Bytes(), without) << n;
    ASSERT_EQ(goes.Register(), 0);
    module_.text().Call(2);
    EXPECT_EQ(goes.calls.size(), 1u) << n;
    ASSERT_EQ(goes.Unregister(), 0);
    ASSERT_EQ(stays.Unregister(), 0);
    EXPECT_EQ(module_.text().Bytes(), pristine) << n;
  }
}

TEST_F(NoMemoryTest, RepeatedUseDoesNotGrow) {
  std::optional<size_t> steady;
  for (int round = 0; round < 12; ++round) {
    {
      TestTracer first;
      TestTracer second;
      ASSERT_EQ(first.Filter("f*1"), 0);
      ASSERT_EQ(first.Register(), 0);
      ASSERT_EQ(second.Register(), 0);
      ASSERT_EQ(first.Filter("f2*", 1), 0);
      ASSERT_EQ(second.Notrace("*3"), 0);
      EXPECT_EQ(first.Filter("nothing"), -EINVAL);
      module_.Unload();
      module_.Load();
    }
    if (round == 4) steady = AllocatedBytes();
    EXPECT_EQ(AllocatedBytes(), steady.value_or(AllocatedBytes())) << round;
  }
}

TEST_F(NoMemoryTest, FailuresDoNotLeak) {
  std::optional<size_t> steady;
  for (int round = 0; round < 6; ++round) {
    {
      TestTracer first;
      TestTracer second;
      ASSERT_EQ(first.Filter("f*1"), 0);
      ASSERT_EQ(first.Register(), 0);
      FailUntilItSucceeds([&] { return second.Filter("f1*"); });
      FailUntilItSucceeds([&] { return second.Register(); });
      FailUntilItSucceeds([&] { return second.Filter("f3*", 1); });
    }
    if (round == 2) steady = AllocatedBytes();
    EXPECT_EQ(AllocatedBytes(), steady.value_or(AllocatedBytes())) << round;
  }
}

}  // namespace
}  // namespace ftrace
