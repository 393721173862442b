// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace ftrace {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ListFile {
 public:
  explicit ListFile(const std::string& text)
      : path_(testing::TempDir() + "options_test_" +
              testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::ofstream(path_) << text;
  }
  ~ListFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Options, WithoutFiltersEverythingIsSelected) {
  const Options options;
  EXPECT_TRUE(options.SelectsName({"main"}));
  EXPECT_TRUE(options.SelectsFile("a.c"));
  EXPECT_FALSE(options.has_file_filters());
  EXPECT_EQ(options.min_insns(), 0u);
}

TEST(Options, FiltersAddUpAndNotraceWins) {
  Options options;
  EXPECT_THAT(options.Parse("filter=a*"), IsEmpty());
  EXPECT_THAT(options.Parse("filter=b*"), IsEmpty());
  EXPECT_THAT(options.Parse("notrace=*x"), IsEmpty());
  EXPECT_TRUE(options.SelectsName({"a1"}));
  EXPECT_TRUE(options.SelectsName({"b1"}));
  EXPECT_FALSE(options.SelectsName({"c1"}));
  EXPECT_FALSE(options.SelectsName({"ax"}));
}

TEST(Options, AnyNameOfTheFunctionMatches) {
  Options options;
  EXPECT_THAT(options.Parse("filter=ns::f"), IsEmpty());
  EXPECT_TRUE(options.SelectsName({"_ZN2ns1fEi", "ns::f(int)", "ns::f"}));
  EXPECT_THAT(options.Parse("notrace=_ZN2ns*"), IsEmpty());
  EXPECT_FALSE(options.SelectsName({"_ZN2ns1fEi", "ns::f(int)", "ns::f"}));
}

TEST(Options, FilesMatchByPathOrBaseName) {
  Options options;
  EXPECT_THAT(options.Parse("file=*.c"), IsEmpty());
  EXPECT_THAT(options.Parse("notrace-file=gen.c"), IsEmpty());
  EXPECT_THAT(options.Parse("notrace-file=third_party/*"), IsEmpty());
  EXPECT_TRUE(options.has_file_filters());
  EXPECT_TRUE(options.SelectsFile("src/a.c"));
  EXPECT_FALSE(options.SelectsFile("src/a.h"));
  EXPECT_FALSE(options.SelectsFile("src/gen.c"));
  EXPECT_FALSE(options.SelectsFile("third_party/z.c"));
}

TEST(Options, MinInsnsTakesADecimalNumber) {
  Options options;
  EXPECT_THAT(options.Parse("min-insns=12"), IsEmpty());
  EXPECT_EQ(options.min_insns(), 12u);
  for (const char* bad : {"min-insns", "min-insns=", "min-insns=x", "min-insns=12x", "min-insns=-1",
                          "min-insns= 1", "min-insns=99999999999"}) {
    EXPECT_THAT(options.Parse(bad), HasSubstr("min-insns")) << bad;
  }
  EXPECT_EQ(options.min_insns(), 12u);
}

TEST(Options, IdIsCheckedAndIgnored) {
  Options options;
  EXPECT_THAT(options.Parse("id=0123456789abcdefABCDEF0123456789"), IsEmpty());
  EXPECT_THAT(options.Parse("id="), HasSubstr("'id'"));
  EXPECT_THAT(options.Parse("id=0x12"), HasSubstr("'0x12'"));
}

TEST(Options, UnknownKeyIsNamedInOneLine) {
  Options options;
  EXPECT_THAT(options.Parse("flter=a"),
              AllOf(HasSubstr("'flter'"), HasSubstr("filter=GLOB"), Not(HasSubstr("\n"))));
  EXPECT_THAT(options.Parse(""), HasSubstr("unknown option ''"));
  EXPECT_THAT(options.Parse("=x"), HasSubstr("unknown option ''"));
}

TEST(Options, GlobNeedsAValue) {
  for (const char* key : {"filter", "notrace", "file", "notrace-file"}) {
    Options options;
    EXPECT_THAT(options.Parse(key), HasSubstr(key));
    EXPECT_THAT(options.Parse(std::string(key) + "="), HasSubstr(key));
  }
}

TEST(Options, ListHoldsOneFilterALine) {
  const ListFile list("# kept\n\nfilter=a*\n  notrace=ax \r\nfile=*.c\nnotrace-file=b.c");
  Options options;
  EXPECT_THAT(options.Parse("list=" + list.path()), IsEmpty());
  EXPECT_TRUE(options.SelectsName({"a1"}));
  EXPECT_FALSE(options.SelectsName({"ax"}));
  EXPECT_FALSE(options.SelectsName({"b"}));
  EXPECT_TRUE(options.SelectsFile("a.c"));
  EXPECT_FALSE(options.SelectsFile("b.c"));
}

TEST(Options, BadListLineIsNamedByFileAndNumber) {
  for (const char* bad : {"a*", "filter=", "list=other", "min-insns=3", "=", "filter"}) {
    const ListFile list(std::string("filter=a\n") + bad + "\n");
    Options options;
    EXPECT_THAT(options.Parse("list=" + list.path()), HasSubstr(list.path() + ":2: ")) << bad;
  }
}

TEST(Options, UnreadableListIsAnError) {
  Options options;
  EXPECT_THAT(options.Parse("list=/nonexistent/list"), HasSubstr("/nonexistent/list"));
  EXPECT_THAT(options.Parse("list=/"), HasSubstr("cannot be read"));
  EXPECT_THAT(options.Parse("list"), HasSubstr("'list' needs a value"));
  EXPECT_THAT(options.Parse("list="), HasSubstr("'list' needs a value"));
}

}  // namespace
}  // namespace ftrace
