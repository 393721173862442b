// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/demangle.h"

#include <gtest/gtest.h>

namespace ftrace {
namespace {

TEST(Demangle, StylesDifferInWhatTheyLeaveOut) {
  const char* symbol = "_ZNK2ns1S1fIiEET_S2_";
  EXPECT_EQ(Demangle(symbol, DemangleStyle::kFull), "int ns::S::f<int>(int) const");
  EXPECT_EQ(Demangle(symbol, DemangleStyle::kSimple), "ns::S::f<int>");
  EXPECT_EQ(Demangle(symbol, DemangleStyle::kNo), symbol);
}

TEST(Demangle, NamesThatAreNotMangledStay) {
  for (const char* symbol : {"main", "_start", "_Z", "_Zxyz", "", "f.isra.0", "_GLOBAL__sub_I_a"}) {
    EXPECT_EQ(Demangle(symbol, DemangleStyle::kSimple), symbol);
    EXPECT_EQ(Demangle(symbol, DemangleStyle::kFull), symbol);
  }
}

TEST(Demangle, SimpleNameIsTheNameAlone) {
  EXPECT_EQ(SimpleName("f(int)"), "f");
  EXPECT_EQ(SimpleName("S::operator()(int) const"), "S::operator()");
  EXPECT_EQ(SimpleName("S::operator[](int)"), "S::operator[]");
  EXPECT_EQ(SimpleName("bool operator< <int>(T<int> const&, T<int> const&)"), "operator< <int>");
  EXPECT_EQ(SimpleName("T<int>& operator<< <int>(T<int>&, int)"), "operator<< <int>");
  EXPECT_EQ(SimpleName("int* S::operator-><int>()"), "S::operator-><int>");
  EXPECT_EQ(SimpleName("S::operator unsigned int() const"), "S::operator unsigned int");
  EXPECT_EQ(SimpleName("operator new(unsigned long)"), "operator new");
  EXPECT_EQ(SimpleName("(anonymous namespace)::f(int)"), "(anonymous namespace)::f");
  EXPECT_EQ(SimpleName("void (anonymous namespace)::f<int>(int)"), "(anonymous namespace)::f<int>");
  EXPECT_EQ(SimpleName("f(int)::{lambda(char)#1}::operator()(char) const"),
            "f(int)::{lambda(char)#1}::operator()");
  EXPECT_EQ(SimpleName("S::f(int) const::L::g(char)"), "S::f(int) const::L::g");
  EXPECT_EQ(SimpleName("void f<void (*)(int)>(void (*)(int))"), "f<void (*)(int)>");
  EXPECT_EQ(SimpleName("std::f<A<(B)1> >(int)"), "std::f<A<(B)1> >");
  EXPECT_EQ(SimpleName("f(int) [clone .isra.0]"), "f [clone .isra.0]");
  EXPECT_EQ(SimpleName("non-virtual thunk to S::f(int)"), "non-virtual thunk to S::f");
  EXPECT_EQ(SimpleName("operator_table::find(int)"), "operator_table::find");
  EXPECT_EQ(SimpleName("f"), "f");
  EXPECT_EQ(SimpleName(""), "");
}

TEST(Demangle, SimpleNameOfNonsenseEnds) {
  for (const char* text : {"(", ")", "<<>", "operator", "operator(", ")))(((", " ", "((a)"}) {
    EXPECT_LE(SimpleName(text).size(), std::string_view(text).size());
  }
}

TEST(GlobMatchesSymbol, MatchesEverySpelling) {
  const auto matches = [](std::string_view pattern, std::string_view symbol) {
    return GlobMatchesSymbol(Glob(pattern.data(), pattern.size()), symbol);
  };
  const char* symbol = "_ZNK2ns1S1fIiEET_S2_";
  EXPECT_TRUE(matches("_ZNK2ns*", symbol));
  EXPECT_TRUE(matches("ns::S::f<int>", symbol));
  EXPECT_TRUE(matches("ns::*", symbol));
  EXPECT_TRUE(matches("ns::S::f<int>(int) const", symbol));
  EXPECT_TRUE(matches("int ns::S::f<int>(int) const", symbol));
  EXPECT_FALSE(matches("ns", symbol));
  EXPECT_FALSE(matches("f", symbol));
  EXPECT_TRUE(matches("main", "main"));
  EXPECT_FALSE(matches("main", "main2"));
}

}  // namespace
}  // namespace ftrace
