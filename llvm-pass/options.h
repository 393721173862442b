// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a user tells a compiler plugin: `-fplugin-arg-libftrace-KEY[=VALUE]`. No compiler's headers:
// every plugin parses and obeys the same options.
#ifndef FTRACE_LLVM_PASS_OPTIONS_H_
#define FTRACE_LLVM_PASS_OPTIONS_H_

#include <string>
#include <string_view>
#include <vector>

namespace ftrace {

class Options {
 public:
  // Takes one `KEY[=VALUE]`. Returns an empty string, or what is wrong with it in one line.
  std::string Parse(std::string_view argument);

  // Whether filter= and notrace= let a function have a pad. `names` are all that it is known by:
  // mangled, demangled with and without parameters. A glob applies if it matches any of them.
  bool SelectsName(const std::vector<std::string>& names) const;
  bool has_name_filters() const { return !filter_.empty() || !notrace_.empty(); }

  // The same for file= and notrace-file= and the file that holds the function's definition; a glob
  // applies if it matches the path as the compiler was given it, or the part after the last `/`.
  bool SelectsFile(std::string_view path) const;
  bool has_file_filters() const { return !file_.empty() || !notrace_file_.empty(); }

  // Functions of fewer machine instructions get no pad.
  unsigned min_insns() const { return min_insns_; }

 private:
  std::string ParsePair(std::string_view key, std::string_view value);
  std::string ParseList(const std::string& path);
  std::vector<std::string>* GlobsOf(std::string_view key);

  std::vector<std::string> filter_, notrace_, file_, notrace_file_;
  unsigned min_insns_ = 0;
};

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_OPTIONS_H_
