// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a command prints, and the two ways to say that something is wrong.
#ifndef FTRACE_TOOLS_FTRACE_OUTPUT_H_
#define FTRACE_TOOLS_FTRACE_OUTPUT_H_

#include <string>
#include <string_view>

#include "tools/ftrace/result.h"

namespace ftrace {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailure = 1;
inline constexpr int kExitUsage = 2;

// "ftrace: MESSAGE" on stderr.
void PrintError(std::string_view message);

// A line of output, or a part of one.
class Output {
 public:
  // `path` empty: the given descriptor; "-": stdout. An existing file is overwritten.
  static Result<Output> Open(const std::string& path, int default_fd);

  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();

  void Write(std::string_view text);
  // Writes what is left. An error message if anything could not be written.
  std::string Close();

 private:
  Output(std::string name, int fd, bool owned);
  void Flush();

  std::string name_;
  int fd_;
  bool owned_;
  std::string buffer_;
  std::string error_;
};

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_OUTPUT_H_
