// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The globs of filters, in the runtime, the compiler plugins and the command: those of the Linux
// kernel (lib/glob.c, filter_parse_regex() in kernel/trace/trace_events_filter.c). C++17, libc
// only, no allocation.
#ifndef FTRACE_RUNTIME_GLOB_H_
#define FTRACE_RUNTIME_GLOB_H_

#include <cstddef>

namespace ftrace {

// `*` any text, `?` any character, `[abc]` `[a-z]` `[!a-z]` one of (none of) a set, `\` takes the
// next character as it is. A `[` without its `]` is an ordinary character, a `\` at the end is
// nothing. The whole text has to match. A view: the pattern must outlive the object.
//
// The common forms (no `*` but one at either end, nothing else special) are recognised once and
// compare memory. Any other form costs at most the product of both lengths.
class Glob {
 public:
  Glob(const char* pattern, size_t size);

  bool Matches(const char* text, size_t size) const;

 private:
  enum class Form { kExact, kPrefix, kSuffix, kSubstring, kFull };

  static Form Classify(const char* pattern, size_t size);
  bool MatchesFull(const char* text, size_t size) const;
  // Whether the class that starts behind `[` at `begin` has an end, then `*end` is behind its `]`
  // and `*matches` says whether `c` is in it.
  bool ParseClass(size_t begin, char c, size_t* end, bool* matches) const;

  Form form_;
  const char* pattern_;  // without the `*` of the simple forms
  size_t size_;
  size_t last_bracket_;  // index behind the last `]`: no class ends later
};

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_GLOB_H_
