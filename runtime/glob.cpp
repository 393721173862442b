// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/glob.h"

#include <string.h>

namespace ftrace {

Glob::Form Glob::Classify(const char* pattern, size_t size) {
  bool leading = false;
  for (size_t i = 0; i < size; ++i) {
    switch (pattern[i]) {
      case '*':
        if (i == 0) {
          leading = true;
        } else if (i + 1 == size) {
          return leading ? Form::kSubstring : Form::kPrefix;
        } else {
          return Form::kFull;
        }
        break;
      case '?':
      case '[':
      case '\\':
        return Form::kFull;
      default:
        break;
    }
  }
  return leading ? Form::kSuffix : Form::kExact;
}

Glob::Glob(const char* pattern, size_t size)
    : form_(Classify(pattern, size)), pattern_(pattern), size_(size), last_bracket_(0) {
  switch (form_) {
    case Form::kSubstring:
      ++pattern_;
      size_ -= 2;
      break;
    case Form::kSuffix:
      ++pattern_;
      --size_;
      break;
    case Form::kPrefix:
      --size_;
      break;
    case Form::kExact:
      break;
    case Form::kFull:
      // Without it a pattern of many `[` would be searched to its end at each of them.
      for (size_t i = 0; i < size; ++i) {
        if (pattern[i] == ']') last_bracket_ = i + 1;
      }
      break;
  }
}

bool Glob::Matches(const char* text, size_t size) const {
  switch (form_) {
    case Form::kExact:
      return size == size_ && memcmp(text, pattern_, size_) == 0;
    case Form::kPrefix:
      return size >= size_ && memcmp(text, pattern_, size_) == 0;
    case Form::kSuffix:
      return size >= size_ && memcmp(text + (size - size_), pattern_, size_) == 0;
    case Form::kSubstring:
      return memmem(text, size, pattern_, size_) != nullptr;
    case Form::kFull:
      break;
  }
  return MatchesFull(text, size);
}

bool Glob::ParseClass(size_t begin, char c, size_t* end, bool* matches) const {
  const auto code = [](char value) { return static_cast<unsigned char>(value); };
  size_t at = begin;
  const bool inverted = at < size_ && pattern_[at] == '!';
  if (inverted) ++at;
  bool found = false;
  // A `]` in the first place is a member, not the end.
  for (const size_t first = at; at < last_bracket_; ++at) {
    if (pattern_[at] == ']' && at != first) {
      *end = at + 1;
      *matches = found != inverted;
      return true;
    }
    const char low = pattern_[at];
    char high = low;
    if (at + 2 < last_bracket_ && pattern_[at + 1] == '-' && pattern_[at + 2] != ']') {
      high = pattern_[at + 2];
      at += 2;
    }
    found = found || (code(low) <= code(c) && code(c) <= code(high));
  }
  return false;
}

// One `*` is enough to come back to: what a later `*` has matched, an earlier one need not give up.
bool Glob::MatchesFull(const char* text, size_t size) const {
  constexpr size_t kNone = static_cast<size_t>(-1);
  size_t at = 0;            // in the pattern
  size_t i = 0;             // in the text
  size_t retry_at = kNone;  // behind the last `*`
  size_t retry_i = 0;       // where the text after that `*` was tried to begin
  while (true) {
    if (at < size_ && pattern_[at] == '*') {
      retry_at = ++at;
      retry_i = i;
      continue;
    }
    bool same = false;
    size_t next = at + 1;
    if (at == size_ || (at + 1 == size_ && pattern_[at] == '\\')) {
      if (i == size) return true;
    } else if (i < size) {
      const char p = pattern_[at];
      if (p == '?') {
        same = true;
      } else if (p == '\\') {
        same = pattern_[at + 1] == text[i];
        next = at + 2;
      } else if (p != '[' || !ParseClass(at + 1, text[i], &next, &same)) {
        same = p == text[i];
      }
    }
    if (same) {
      at = next;
      ++i;
      continue;
    }
    if (i >= size || retry_at == kNone) return false;
    at = retry_at;
    i = ++retry_i;
  }
}

}  // namespace ftrace
