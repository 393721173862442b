// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

namespace ftrace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What a text says, or what is wrong with it.
struct Parsed {
  explicit Parsed(const std::string& text) {
    EnvironmentOptions options;
    char buffer[256] = "";
    if (const char* wrong = ParseEnvironment(text.c_str(), &options, buffer, sizeof(buffer))) {
      fault = wrong;
    }
    tracer = options.tracer;
    fd = options.fd;
    for (const KeptGlob& glob : options.globs) {
      globs.push_back((glob.notrace ? "-" : "+") + std::string(glob.text, glob.size));
      Free(glob.text, glob.size);
    }
  }
  std::string fault;
  EnvironmentTracer tracer;
  int fd;
  std::vector<std::string> globs;
};

TEST(Environment, NothingSaysNothing) {
  for (const char* text : {"", ";", ";;;"}) {
    const Parsed parsed(text);
    EXPECT_EQ(parsed.fault, "");
    EXPECT_EQ(parsed.tracer, EnvironmentTracer::kNop);
    EXPECT_EQ(parsed.fd, -1);
    EXPECT_THAT(parsed.globs, IsEmpty());
  }
}

TEST(Environment, EveryKeyIsRead) {
  const Parsed parsed("tracer=function_profile;fd=17;filter=a*;notrace=b");
  EXPECT_EQ(parsed.fault, "");
  EXPECT_EQ(parsed.tracer, EnvironmentTracer::kFunctionProfile);
  EXPECT_EQ(parsed.fd, 17);
  EXPECT_THAT(parsed.globs, ElementsAre("+a*", "-b"));
  EXPECT_EQ(Parsed("tracer=nop").tracer, EnvironmentTracer::kNop);
}

TEST(Environment, EmptyPairsAndATrailingSemicolonAreNoFault) {
  const Parsed parsed(";filter=a;;filter=b;");
  EXPECT_EQ(parsed.fault, "");
  EXPECT_THAT(parsed.globs, ElementsAre("+a", "+b"));
}

TEST(Environment, FiltersRepeatAndKeepTheirOrder) {
  EXPECT_THAT(Parsed("filter=a;notrace=b;filter=!c;filter=a").globs,
              ElementsAre("+a", "-b", "+!c", "+a"));
}

TEST(Environment, ABackslashTakesTheNextCharacterAsItIs) {
  EXPECT_THAT(Parsed("filter=a\\;b;filter=c\\\\d;filter=\\x").globs,
              ElementsAre("+a;b", "+c\\d", "+x"));
  EXPECT_THAT(Parsed("filter=a\\").globs, ElementsAre("+a\\"));
}

TEST(Environment, OnlyTheFirstEqualsSignDivides) {
  EXPECT_THAT(Parsed("filter=operator==").globs, ElementsAre("+operator=="));
}

TEST(Environment, EachFaultSaysWhatIsWrong) {
  const std::vector<std::pair<const char*, const char*>> faults = {
      {"colour=red", "'colour=red' is not a key of this version (tracer, filter, notrace, fd)"},
      {"=x", "'=x' is not a key"},
      {"Tracer=nop", "'Tracer=nop' is not a key"},
      {" tracer=nop", "is not a key"},
      {"filter", "'filter' is not key=value"},
      {"filter=a;nop", "'nop' is not key=value"},
      {"filter=", "'filter=' needs a value"},
      {"tracer=", "'tracer=' needs a value"},
      {"tracer=function_graph", "'tracer=function_graph' is not a tracer of this version"},
      {"tracer=nop;tracer=nop", "'tracer=nop' is given twice"},
      {"fd=3;fd=4", "'fd=4' is given twice"},
      {"fd=-1", "'fd=-1' is not a file descriptor"},
      {"fd=3x", "is not a file descriptor"},
      {"fd=x", "is not a file descriptor"},
      {"fd= 3", "is not a file descriptor"},
      {"fd=+3", "is not a file descriptor"},
      {"fd=2147483648", "is not a file descriptor"},
      {"fd=99999999999999999999", "is not a file descriptor"},
  };
  for (const auto& [text, fault] : faults) EXPECT_THAT(Parsed(text).fault, HasSubstr(fault));
  EXPECT_EQ(Parsed("fd=2147483647").fd, 2147483647);
}

TEST(Environment, APairThatIsTooLongIsRefused) {
  const std::string fits = "filter=" + std::string(4095 - 7, 'x');
  EXPECT_EQ(Parsed(fits).fault, "");
  EXPECT_EQ(Parsed(fits).globs[0].size(), 4095u - 7 + 1);
  EXPECT_THAT(Parsed(fits + "x").fault, HasSubstr("longer than 4095"));
  EXPECT_THAT(Parsed("nop=" + fits).fault, HasSubstr("longer than 4095"));
}

TEST(Environment, AnEndlessWordIsCutInTheFault) {
  const std::string fault = Parsed(std::string(3000, 'k') + "=" + std::string(1000, 'v')).fault;
  EXPECT_LT(fault.size(), 256u);
  EXPECT_THAT(fault, HasSubstr("is not a key"));
}

TEST(Environment, NoMemoryIsAFaultAndNoLeak) {
  const size_t at_start = AllocatedBytes();
  for (uint64_t n = 1; n <= 3; ++n) {
    FailAllocation(n);
    const Parsed parsed("filter=a;notrace=b");
    FailAllocation(0);
    EXPECT_THAT(parsed.fault, HasSubstr("finds no memory")) << n;
    EXPECT_EQ(AllocatedBytes(), at_start) << n;
  }
}

}  // namespace
}  // namespace ftrace
