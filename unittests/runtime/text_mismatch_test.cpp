// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A mismatch switches patching off for good, so each of these runs in a process of its own.
#include "runtime/text_mismatch.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "runtime/update.h"
#include "unittests/runtime/fake_module.h"
#include "unittests/runtime/test_tracer.h"

// For the child of an EXPECT_EXIT: says what is not so and ends it.
#define REQUIRE(condition)                                         \
  do {                                                             \
    if (!(condition)) {                                            \
      std::fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
      std::_Exit(1);                                               \
    }                                                              \
  } while (0)

namespace ftrace {
namespace {

constexpr uint8_t kForeign = 0x90;
constexpr size_t kAltered = 2;

class TextMismatchDeathTest : public testing::Test {
 protected:
  void Alter(FakeModule* module) {
    module->text().Poke(kAltered * FakeText::kStride + 2, kForeign);
  }
};

void RegisteringFindsTheAlteredByte(FakeModule* module) {
  const std::string before = module->text().Bytes();
  TestTracer tracer;
  REQUIRE(tracer.Register() == -ENODEV);
  REQUIRE(module->text().Bytes() == before);
  REQUIRE(ftrace_is_dead() == 1);
  for (size_t i = 0; i < module->size(); ++i) {
    REQUIRE(module->Flags(i) == 0);
    module->text().Call(i == kAltered ? 0 : i);
  }
  REQUIRE(tracer.calls.empty());
  REQUIRE(tracer.Register() == -ENODEV);
  REQUIRE(tracer.Filter("*") == -ENODEV);
  REQUIRE(tracer.Unregister() == -EBUSY);
  std::_Exit(0);
}

TEST_F(TextMismatchDeathTest, RegisteringIsRefusedAndWritesNothing) {
  FakeModule module({"read", "write", "open", "close"});
  Alter(&module);
  EXPECT_EXIT(RegisteringFindsTheAlteredByte(&module), testing::ExitedWithCode(0),
              "^ftrace: text mismatch .*function open of .*expected 67 0f 1f 44 00 00, "
              "found 67 0f 90 44 00 00.*off for good");
}

void RegisteredTracersAreDetached(FakeModule* module) {
  TestTracer tracer;
  TestTracer filtered;
  REQUIRE(filtered.Filter("write") == 0);
  REQUIRE(filtered.Register() == 0);
  REQUIRE(tracer.Filter("*e") == 0);
  REQUIRE(tracer.Register() == 0);
  module->text().Poke(kAltered * FakeText::kStride + 2, kForeign);
  const std::string before = module->text().Bytes();
  TestTracer late;
  REQUIRE(late.Register() == -ENODEV);
  REQUIRE(module->text().Bytes() == before);
  module->text().Call(1);
  REQUIRE(tracer.calls.empty() && filtered.calls.empty());
  REQUIRE(tracer.Filter("read", 1) == -ENODEV);
  REQUIRE(tracer.Unregister() == -ENODEV);
  REQUIRE(tracer.Unregister() == -EBUSY);
  REQUIRE(filtered.Unregister() == -ENODEV);
  module->text().Call(1);
  REQUIRE(module->Tracers(1) == 0);
  REQUIRE(module->text().Bytes() == before);
  module->Unload();
  std::_Exit(0);
}

TEST_F(TextMismatchDeathTest, RegisteredTracersPassThroughAndCanBeFreed) {
  FakeModule module({"read", "write", "open", "close"});
  EXPECT_EXIT(RegisteredTracersAreDetached(&module), testing::ExitedWithCode(0), "text mismatch");
}

void UnregisteringFindsTheAlteredByte(FakeModule* module) {
  TestTracer tracer;
  REQUIRE(tracer.Register() == 0);
  // The call leads somewhere else now.
  const auto low = static_cast<uint8_t>(module->text().PadBytes(kAltered)[2]);
  module->text().Poke(kAltered * FakeText::kStride + 2, static_cast<uint8_t>(low + 1));
  const std::string before = module->text().Bytes();
  REQUIRE(tracer.Unregister() == -ENODEV);
  REQUIRE(module->text().Bytes() == before);
  module->text().Call(0);
  REQUIRE(tracer.calls.empty());
  REQUIRE(tracer.Unregister() == -EBUSY);
  std::_Exit(0);
}

TEST_F(TextMismatchDeathTest, UnregisteringDetachesAllTheSame) {
  FakeModule module({"read", "write", "open", "close"});
  EXPECT_EXIT(UnregisteringFindsTheAlteredByte(&module), testing::ExitedWithCode(0),
              "text mismatch .*state 0x3, 1 tracers");
}

void AnotherModuleIsUnchanged(FakeModule* first, FakeModule* second) {
  TestTracer tracer;
  const std::string bytes = first->text().Bytes() + second->text().Bytes();
  REQUIRE(tracer.Register() == -ENODEV);
  REQUIRE(first->text().Bytes() + second->text().Bytes() == bytes);
  std::_Exit(0);
}

TEST_F(TextMismatchDeathTest, NoOtherModuleIsWrittenEither) {
  FakeModule first({"read", "write", "open"});
  FakeModule second({"read", "write", "open"});
  Alter(&second);
  EXPECT_EXIT(AnotherModuleIsUnchanged(&first, &second), testing::ExitedWithCode(0),
              "text mismatch");
}

TEST(SiteName, IsTheNameOfTheSymbolAtTheEntry) {
  FakeModule module({"read", "write", "averylongname"});
  char name[8] = "";
  EXPECT_TRUE(SiteName(*module.module(), 1, name, sizeof(name)));
  EXPECT_STREQ(name, "write");
  EXPECT_TRUE(SiteName(*module.module(), 2, name, sizeof(name)));
  EXPECT_STREQ(name, "averylo");
}

}  // namespace
}  // namespace ftrace
