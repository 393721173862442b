// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/demangled_name.h"

#include <cstring>

namespace ftrace {
namespace {

constexpr const char* kAnonymous = "(anonymous namespace)";
constexpr const char* kOperator = "operator";
// What the demangler writes in front of a thunk's target; part of the name, since a thunk is
// another function.
constexpr const char* kThunks[] = {"non-virtual thunk to ", "virtual thunk to ",
                                   "covariant return thunk to "};

// Longest first: the first that fits is the operator meant.
constexpr const char* kOperators[] = {
    "->*", "<=>", "<<=", ">>=", "()", "[]", "->", "<<", ">>", "<=", ">=", "==", "!=",
    "&&",  "||",  "++",  "--",  "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<",
    ">",   "+",   "-",   "*",   "/",  "%",  "^",  "&",  "|",  "~",  "!",  "=",  ",",
};

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Walks over a demangled name with the brackets counted, except those that belong to an operator's
// name. What separates a return type from the name is a space outside of brackets; what begins the
// parameter list is the last opening parenthesis outside of them.
class NameScanner {
 public:
  NameScanner(const char* text, size_t size) : text_(text), size_(size), name_{0, size, size} {}

  DemangledName Scan() {
    for (const char* thunk : kThunks) {
      if (StartsWith(thunk)) prefix_ = at_ = strlen(thunk);
    }
    while (at_ < size_ && !AtCloneSuffix()) Step();
    if (name_.begin == prefix_) name_.begin = 0;
    return name_;
  }

 private:
  bool StartsWith(const char* what) const {
    const size_t length = strlen(what);
    return length <= size_ - at_ && memcmp(text_ + at_, what, length) == 0;
  }

  // LLVM's demangler writes a clone so: "f(int) (.cold)".
  bool AtCloneSuffix() const { return depth_ == 0 && StartsWith(" (."); }

  bool AtOperator() const {
    if (!StartsWith(kOperator) || (at_ > 0 && IsWord(text_[at_ - 1]))) return false;
    const size_t end = at_ + strlen(kOperator);
    return end == size_ || !IsWord(text_[end]);
  }

  void Step() {
    if (StartsWith(kAnonymous)) {
      at_ += strlen(kAnonymous);
    } else if (AtOperator()) {
      SkipOperator();
    } else {
      Character(text_[at_]);
      ++at_;
    }
  }

  void SkipOperator() {
    at_ += strlen(kOperator);
    for (const char* name : kOperators) {
      if (!StartsWith(name)) continue;
      at_ += strlen(name);
      break;
    }
    // `operator new`, `operator unsigned int`, `operator< <int>`: the spaces are the name's.
    if (depth_ == 0) in_operator_ = true;
  }

  void Character(char c) {
    if (c == '(' || c == '<' || c == '{' || c == '[') {
      if (c == '(' && depth_ == 0) {
        name_.end = at_;
        in_operator_ = false;
      }
      ++depth_;
    } else if (c == ')' || c == '>' || c == '}' || c == ']') {
      if (depth_ > 0) --depth_;
      if (c == ')' && depth_ == 0) name_.parameters_end = at_ + 1;
    } else if (c == ' ' && depth_ == 0 && !in_operator_ && name_.end == size_) {
      name_.begin = at_ + 1;
    }
  }

  const char* text_;
  size_t size_;
  DemangledName name_;
  size_t prefix_ = 0;
  size_t at_ = 0;
  int depth_ = 0;
  bool in_operator_ = false;
};

}  // namespace

DemangledName ParseDemangledName(const char* text, size_t size) {
  const DemangledName name = NameScanner(text, size).Scan();
  // Nonsense is its own name.
  return name.begin < name.end ? name : DemangledName{0, size, size};
}

bool GlobMatchesDemangled(const Glob& glob, const char* text, size_t size) {
  if (glob.Matches(text, size)) return true;
  const DemangledName name = ParseDemangledName(text, size);
  return glob.Matches(text + name.begin, size - name.begin) ||
         glob.Matches(text + name.begin, name.end - name.begin);
}

}  // namespace ftrace
