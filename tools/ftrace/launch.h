// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Starting the command that is to be traced, so that it notices nothing but the runtime.
#ifndef FTRACE_TOOLS_FTRACE_LAUNCH_H_
#define FTRACE_TOOLS_FTRACE_LAUNCH_H_

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tools/ftrace/result.h"

namespace ftrace {

inline constexpr int kExitCannotExecute = 126;
inline constexpr int kExitNotFound = 127;
inline constexpr int kExitSignal = 128;

// A closed pipe ends us quietly, whatever our parent has set. A command that is started gets back
// what we found.
void EndQuietlyOnClosedPipe();

// Why a command could not be started, and the exit status shells have for it.
struct LaunchError {
  int status;
  std::string message;
};

// What is known of a program before it runs.
struct Program {
  std::string path;
  bool loads_libraries = true;  // a static program takes no preload
  bool has_runtime = false;     // linked with the runtime
  bool gains_privileges = false;
};

// Finds a command as execvp() does and looks at it. `runtime` is the library that would be
// preloaded: the program must be of its machine.
std::variant<Program, LaunchError> InspectProgram(const std::string& command,
                                                  const std::string& runtime);

// lib/libftrace_rt.so.0 beside the directory of this very program.
Result<std::string> FindRuntime();

using Environment = std::vector<std::pair<std::string, std::string>>;

// Runs a program with some variables set, and waits; SIGINT and SIGQUIT meanwhile reach only it.
// Returns its exit status, 128 + the signal that killed it, or what shells return if it cannot be
// executed. `message` then says what happened.
int RunProgram(const std::string& path, const std::vector<std::string>& arguments,
               const Environment& environment, std::string* message);

// The value of LD_PRELOAD that loads `runtime` before what is preloaded already.
std::string PreloadValue(const std::string& runtime, const char* present);

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_LAUNCH_H_
