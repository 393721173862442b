// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/demangled_name.h"

#include <cxxabi.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

namespace ftrace {
namespace {

struct NameCase {
  const char* mangled;  // null: `demangled` as other demanglers print it
  const char* demangled;
  const char* name;
};

class NameOf : public testing::TestWithParam<NameCase> {};

TEST_P(NameOf, IsWithoutReturnTypeAndParameters) {
  const NameCase& name = GetParam();
  if (name.mangled != nullptr) {
    int status = 0;
    char* demangled = abi::__cxa_demangle(name.mangled, nullptr, nullptr, &status);
    ASSERT_STREQ(demangled, name.demangled);
    free(demangled);
  }
  const std::string_view text = name.demangled;
  const DemangledName parts = ParseDemangledName(text.data(), text.size());
  EXPECT_EQ(text.substr(parts.begin, parts.end - parts.begin), name.name);
}

const NameCase kNames[] = {
    {"_Z1fv", "f()", "f"},
    {"_Z1fi", "f(int)", "f"},
    {"_ZN2ns1A1fEi", "ns::A::f(int)", "ns::A::f"},
    {"_ZNK1A1fERKS_", "A::f(A const&) const", "A::f"},
    {"_ZNKR1A1fEv", "A::f() const &", "A::f"},
    {"_Z1fPFiiE", "f(int (*)(int))", "f"},
    {"_Z1fPFvPFvvEE", "f(void (*)(void (*)()))", "f"},
    {"_ZN12_GLOBAL__N_11fEi", "(anonymous namespace)::f(int)", "(anonymous namespace)::f"},
    {"_ZN2ns12_GLOBAL__N_11A1fEv", "ns::(anonymous namespace)::A::f()",
     "ns::(anonymous namespace)::A::f"},
    {"_ZN1AclEv", "A::operator()()", "A::operator()"},
    {"_ZNK1AclEPFvvE", "A::operator()(void (*)()) const", "A::operator()"},
    {"_ZN1AcvPFvvEEv", "A::operator void (*)()()", "A::operator void (*)()"},
    {"_ZN1AcvbEv", "A::operator bool()", "A::operator bool"},
    {"_Z1fIiEvT_", "void f<int>(int)", "f<int>"},
    {"_ZZ4mainENKUlvE_clEv", "main::{lambda()#1}::operator()() const",
     "main::{lambda()#1}::operator()"},
    {"_ZN1AC2EOS_", "A::A(A&&)", "A::A"},
    {"_ZThn16_N1A1fEv", "non-virtual thunk to A::f()", "non-virtual thunk to A::f"},
    {"_Z1fi.constprop.0", "f(int) [clone .constprop.0]", "f"},
    {"_ZN2ns8variableE", "ns::variable", "ns::variable"},
    {nullptr, "f(int) (.cold)", "f"},
    {nullptr, "(anonymous namespace)::f(int) const (.llvm.1234)", "(anonymous namespace)::f"},
    {nullptr, "(.suffix)", "(.suffix)"},
    {nullptr, "", ""},
    {nullptr, ")", ")"},
    {nullptr, "(", "("},
    {nullptr, "f)", "f)"},
    {nullptr, "()", "()"},
    {nullptr, "plain", "plain"},
};

TEST(GlobMatchesDemangled, AnySpelling) {
  constexpr std::string_view kText = "void ns::f<int>(int) const";
  const auto matches = [&](std::string_view glob) {
    return GlobMatchesDemangled(Glob(glob.data(), glob.size()), kText.data(), kText.size());
  };
  EXPECT_TRUE(matches("void ns::f<int>(int) const"));
  EXPECT_TRUE(matches("ns::f<int>(int) const"));
  EXPECT_TRUE(matches("ns::f<int>"));
  EXPECT_TRUE(matches("ns::*"));
  EXPECT_FALSE(matches("ns::f"));
  EXPECT_FALSE(matches("void ns::f<int>"));
}

INSTANTIATE_TEST_SUITE_P(Names, NameOf, testing::ValuesIn(kNames));

}  // namespace
}  // namespace ftrace
