// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/demangle.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>

namespace ftrace {
namespace {

constexpr std::string_view kAnonymous = "(anonymous namespace)";
constexpr std::string_view kOperator = "operator";
constexpr std::string_view kThunks[] = {"non-virtual thunk to ", "virtual thunk to ",
                                        "covariant return thunk to "};

// Longest first: the first that fits is the operator meant.
constexpr std::string_view kOperators[] = {
    "->*", "<=>", "<<=", ">>=", "()", "[]", "->", "<<", ">>", "<=", ">=", "==", "!=",
    "&&",  "||",  "++",  "--",  "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<",
    ">",   "+",   "-",   "*",   "/",  "%",  "^",  "&",  "|",  "~",  "!",  "=",  ",",
};

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Where the parts of a demangled function name begin and end.
struct NameParts {
  size_t name_begin = 0;
  size_t name_end = 0;    // the parameter list begins here
  size_t params_end = 0;  // equal to name_end if there is none
};

// Walks over a demangled name with the brackets counted, except those that belong to an operator's
// name. What separates a return type from the name is a space outside of brackets; what begins the
// parameter list is the last opening parenthesis outside of them.
class NameScanner {
 public:
  explicit NameScanner(std::string_view text) : text_(text) {}

  NameParts Scan() {
    parts_.name_end = parts_.params_end = text_.size();
    while (at_ < text_.size()) Step();
    return parts_;
  }

 private:
  bool StartsWith(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  void Step() {
    if (StartsWith(kAnonymous)) {
      at_ += kAnonymous.size();
    } else if (StartsWith(kOperator) && (at_ == 0 || !IsWord(text_[at_ - 1])) &&
               (at_ + kOperator.size() == text_.size() || !IsWord(text_[at_ + kOperator.size()]))) {
      SkipOperator();
    } else {
      Character(text_[at_]);
      ++at_;
    }
  }

  void SkipOperator() {
    at_ += kOperator.size();
    for (const std::string_view name : kOperators) {
      if (StartsWith(name)) {
        at_ += name.size();
        break;
      }
    }
    // `operator new`, `operator unsigned int`, `operator< <int>`: the spaces are the name's.
    if (depth_ == 0) in_operator_ = true;
  }

  void Character(char c) {
    if (c == '(' || c == '<' || c == '{' || c == '[') {
      if (c == '(' && depth_ == 0) {
        parts_.name_end = at_;
        in_operator_ = false;
      }
      ++depth_;
    } else if (c == ')' || c == '>' || c == '}' || c == ']') {
      if (depth_ > 0) --depth_;
      if (c == ')' && depth_ == 0) parts_.params_end = at_ + 1;
    } else if (c == ' ' && depth_ == 0 && !in_operator_ && parts_.name_end == text_.size()) {
      parts_.name_begin = at_ + 1;
    }
  }

  std::string_view text_;
  NameParts parts_;
  size_t at_ = 0;
  int depth_ = 0;
  bool in_operator_ = false;
};

}  // namespace

std::string SimpleName(std::string_view demangled) {
  for (const std::string_view thunk : kThunks) {
    if (!demangled.starts_with(thunk)) continue;
    return std::string(thunk) + SimpleName(demangled.substr(thunk.size()));
  }
  const NameParts parts = NameScanner(demangled).Scan();
  std::string name(demangled.substr(parts.name_begin, parts.name_end - parts.name_begin));
  // A clone is another function: keep what tells it from the original.
  const size_t clone = demangled.find(" [clone ", parts.params_end);
  if (clone != std::string_view::npos) name += demangled.substr(clone);
  return name.empty() ? std::string(demangled) : name;
}

std::string Demangle(std::string_view symbol, DemangleStyle style) {
  if (style == DemangleStyle::kNo || !symbol.starts_with("_Z")) return std::string(symbol);
  const std::string name(symbol);
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> demangled(
      abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), &std::free);
  if (status != 0 || demangled == nullptr) return name;
  return style == DemangleStyle::kFull ? std::string(demangled.get()) : SimpleName(demangled.get());
}

bool GlobMatchesSymbol(const Glob& glob, std::string_view symbol) {
  if (glob.Matches(symbol.data(), symbol.size())) return true;
  if (!symbol.starts_with("_Z")) return false;
  const std::string full = Demangle(symbol, DemangleStyle::kFull);
  if (glob.Matches(full.data(), full.size())) return true;
  const NameParts parts = NameScanner(full).Scan();
  const std::string_view with_params = std::string_view(full).substr(parts.name_begin);
  if (glob.Matches(with_params.data(), with_params.size())) return true;
  const std::string simple = SimpleName(full);
  return glob.Matches(simple.data(), simple.size());
}

}  // namespace ftrace
