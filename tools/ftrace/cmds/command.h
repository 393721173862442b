// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The seam between main() and the commands: each adds itself to the application and, when it was
// the one asked for, leaves the function that does the work.
#ifndef FTRACE_TOOLS_FTRACE_CMDS_COMMAND_H_
#define FTRACE_TOOLS_FTRACE_CMDS_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/ftrace/demangle.h"

namespace ftrace {

// Does the work of a command; returns its exit status.
using CommandAction = std::function<int()>;

void AddListCommand(CLI::App* app, CommandAction* action);
void AddCheckCommand(CLI::App* app, CommandAction* action);
// `command_line` is what stood behind `--`.
void AddStatCommand(CLI::App* app, const std::vector<std::string>& command_line,
                    CommandAction* action);

// --demangle=full|simple|no
void AddDemangleOption(CLI::App* command, DemangleStyle* style);

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_CMDS_COMMAND_H_
