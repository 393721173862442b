// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/glob.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ftrace {
namespace {

// Copies both into blocks of the exact size, so that a sanitizer sees a read beyond either.
bool Matches(std::string_view pattern, std::string_view text) {
  const auto pattern_block = std::make_unique<char[]>(pattern.size());
  const auto text_block = std::make_unique<char[]>(text.size());
  std::memcpy(pattern_block.get(), pattern.data(), pattern.size());
  std::memcpy(text_block.get(), text.data(), text.size());
  return Glob(pattern_block.get(), pattern.size()).Matches(text_block.get(), text.size());
}

std::vector<std::string> Selected(std::string_view pattern, const std::vector<std::string>& names) {
  std::vector<std::string> result;
  for (const std::string& name : names) {
    if (Matches(pattern, name)) result.push_back(name);
  }
  return result;
}

TEST(Glob, SimpleFormsMatchWholeText) {
  EXPECT_TRUE(Matches("main", "main"));
  EXPECT_FALSE(Matches("main", "main2"));
  EXPECT_FALSE(Matches("main", "mai"));
  EXPECT_TRUE(Matches("ma*", "ma"));
  EXPECT_TRUE(Matches("ma*", "main"));
  EXPECT_FALSE(Matches("ma*", "m"));
  EXPECT_TRUE(Matches("*in", "main"));
  EXPECT_FALSE(Matches("*in", "mains"));
  EXPECT_FALSE(Matches("*in", "n"));
  EXPECT_TRUE(Matches("*ai*", "main"));
  EXPECT_TRUE(Matches("*ai*", "ai"));
  EXPECT_FALSE(Matches("*ai*", "mian"));
}

TEST(Glob, StarsAloneMatchEverything) {
  for (const char* pattern : {"*", "**", "***", "****"}) {
    EXPECT_TRUE(Matches(pattern, "")) << pattern;
    EXPECT_TRUE(Matches(pattern, "anything")) << pattern;
  }
}

TEST(Glob, EmptyPatternMatchesEmptyTextOnly) {
  EXPECT_TRUE(Matches("", ""));
  EXPECT_FALSE(Matches("", "a"));
}

TEST(Glob, KernelSelftestPatternsSelectWhatGrepSelects) {
  const std::vector<std::string> names = {"schedule", "Sx", "sxx", "mode", "some", "scheme",
                                          "sax",      "x",  "axa", "me",   "s",    "Sxme"};
  using V = std::vector<std::string>;
  EXPECT_EQ(Selected("*x", names), (V{"Sx", "sxx", "sax", "x"}));
  EXPECT_EQ(Selected("*x*", names), (V{"Sx", "sxx", "sax", "x", "axa", "Sxme"}));
  EXPECT_EQ(Selected("x*", names), (V{"x"}));
  EXPECT_EQ(Selected("*m*e", names), (V{"mode", "some", "scheme", "me", "Sxme"}));
  EXPECT_EQ(Selected("s*m*", names), (V{"some", "scheme"}));
  EXPECT_EQ(Selected("s*e", names), (V{"schedule", "some", "scheme"}));
  EXPECT_EQ(Selected("[Ss]x*", names), (V{"Sx", "sxx", "Sxme"}));
  EXPECT_EQ(Selected("s?x", names), (V{"sxx", "sax"}));
}

TEST(Glob, QuestionMarkIsExactlyOneCharacter) {
  EXPECT_TRUE(Matches("a?c", "abc"));
  EXPECT_FALSE(Matches("a?c", "ac"));
  EXPECT_FALSE(Matches("?", ""));
  EXPECT_TRUE(Matches("*?", "a"));
  EXPECT_FALSE(Matches("*?", ""));
  EXPECT_TRUE(Matches("?*?", "ab"));
  EXPECT_FALSE(Matches("?*?", "a"));
}

TEST(Glob, ClassesTakeRangesAndInversion) {
  EXPECT_TRUE(Matches("f[0-9]", "f7"));
  EXPECT_FALSE(Matches("f[0-9]", "fa"));
  EXPECT_TRUE(Matches("f[!0-9]", "fa"));
  EXPECT_FALSE(Matches("f[!0-9]", "f7"));
  EXPECT_FALSE(Matches("f[!0-9]", "f"));
  EXPECT_TRUE(Matches("[a-cx-z]", "y"));
  EXPECT_FALSE(Matches("[a-cx-z]", "d"));
  EXPECT_FALSE(Matches("[z-a]", "m"));
  EXPECT_TRUE(Matches("[\x80-\xff]", "\xc3"));
  EXPECT_FALSE(Matches("[\x80-\xff]", "a"));
}

TEST(Glob, ClassMembersThatLookSpecialAreMembers) {
  EXPECT_TRUE(Matches("[]]", "]"));
  EXPECT_TRUE(Matches("[!]]", "a"));
  EXPECT_FALSE(Matches("[!]]", "]"));
  EXPECT_TRUE(Matches("[a-]", "-"));
  EXPECT_TRUE(Matches("[a-]", "a"));
  EXPECT_FALSE(Matches("[a-]", "b"));
  EXPECT_TRUE(Matches("[*]", "*"));
  EXPECT_FALSE(Matches("[*]", "a"));
  EXPECT_TRUE(Matches("[\\]", "\\"));
}

TEST(Glob, UnterminatedClassIsLiteral) {
  EXPECT_TRUE(Matches("[abc", "[abc"));
  EXPECT_FALSE(Matches("[abc", "a"));
  EXPECT_TRUE(Matches("a[", "a["));
  EXPECT_TRUE(Matches("[]", "[]"));
  EXPECT_TRUE(Matches("[!]", "[!]"));
  EXPECT_TRUE(Matches("[!", "[!"));
  EXPECT_TRUE(Matches("[a-", "[a-"));
  EXPECT_TRUE(Matches("*[x", "yy[x"));
}

TEST(Glob, BackslashTakesTheNextCharacter) {
  EXPECT_TRUE(Matches("a\\*", "a*"));
  EXPECT_FALSE(Matches("a\\*", "ab"));
  EXPECT_TRUE(Matches("\\[a]", "[a]"));
  EXPECT_TRUE(Matches("\\\\", "\\"));
  EXPECT_TRUE(Matches("operator\\[\\]", "operator[]"));
  EXPECT_TRUE(Matches("abc\\", "abc"));
  EXPECT_TRUE(Matches("*c\\", "abcc"));
}

TEST(Glob, StarsBacktrack) {
  EXPECT_TRUE(Matches("a*b*c", "aXbXbXc"));
  EXPECT_TRUE(Matches("*ab?", "ababa"));
  EXPECT_FALSE(Matches("*abc*def*", "abdef"));
  EXPECT_TRUE(Matches("*aab", "aaaaab"));
  EXPECT_TRUE(Matches("*[0-9]x", "1y2x"));
}

TEST(Glob, TextMayHoldAnyByte) {
  EXPECT_TRUE(Matches(std::string_view("a?b", 3), std::string_view("a\0b", 3)));
  EXPECT_FALSE(Matches("a", std::string_view("a\0", 2)));
}

// Each is a second or two for an algorithm that tries a product of many stars, and nothing here.
TEST(Glob, HostilePatternsEnd) {
  std::string stars;
  for (int i = 0; i < 1000; ++i) stars += "a*";
  EXPECT_FALSE(Matches(stars + "b", std::string(2000, 'a')));
  EXPECT_FALSE(Matches("*" + std::string(2000, '['), std::string(4000, '[') + "x"));
  EXPECT_FALSE(Matches("*" + std::string(2000, '[') + "]x", std::string(4000, '[') + "y"));
}

// A second implementation of the same rules: recursive, on C++ strings, for short inputs.
bool Reference(std::string_view p, std::string_view t) {
  if (p.empty()) return t.empty();
  if (p == "\\") return t.empty();
  if (p[0] == '*') return Reference(p.substr(1), t) || (!t.empty() && Reference(p, t.substr(1)));
  if (t.empty()) return false;
  if (p[0] == '?') return Reference(p.substr(1), t.substr(1));
  if (p[0] == '\\') return p[1] == t[0] && Reference(p.substr(2), t.substr(1));
  if (p[0] == '[') {
    const bool inverted = p.size() > 1 && p[1] == '!';
    const size_t first = inverted ? 2 : 1;
    const size_t end = p.find(']', first + 1);
    if (end != std::string_view::npos) {
      bool in = false;
      for (size_t i = first; i < end; ++i) {
        const bool range = i + 2 < end && p[i + 1] == '-';
        in = in || (p[i] <= t[0] && t[0] <= p[range ? i + 2 : i]);
        if (range) i += 2;
      }
      return in != inverted && Reference(p.substr(end + 1), t.substr(1));
    }
  }
  return p[0] == t[0] && Reference(p.substr(1), t.substr(1));
}

void Words(std::string_view alphabet, size_t size, std::vector<std::string>* words) {
  words->assign(1, "");
  for (size_t begin = 0, length = 0; length < size; ++length) {
    const size_t end = words->size();
    for (; begin < end; ++begin) {
      for (char c : alphabet) words->push_back((*words)[begin] + c);
    }
  }
}

TEST(Glob, EveryShortPatternAgreesWithTheReference) {
  std::vector<std::string> patterns, texts;
  Words("ab*?[]!-\\", 4, &patterns);
  Words("ab]", 3, &texts);
  for (const std::string& pattern : patterns) {
    for (const std::string& text : texts) {
      ASSERT_EQ(Matches(pattern, text), Reference(pattern, text)) << pattern << " on " << text;
    }
  }
}

}  // namespace
}  // namespace ftrace
