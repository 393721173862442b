// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "tools/ftrace/cmds/command.h"
#include "tools/ftrace/launch.h"
#include "tools/ftrace/output.h"

namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  clang -O2 $(ftrace-config --cflags) prog.c -o prog   compile with pads\n"
    "  ftrace list prog 'parse*'                            which functions can be traced\n"
    "  ftrace check prog                                    is every pad as it must be\n"
    "  ftrace stat -F 'parse*' -- ./prog input              how often each is called\n"
    "\n"
    "ftrace COMMAND --help tells more about a command.";

// `ftrace stat ... -- CMD ARGS`: takes CMD ARGS away, so that no option parser looks at them.
std::vector<std::string> TakeCommandLine(std::vector<std::string>* arguments) {
  if (arguments->empty() || arguments->front() != "stat") return {};
  const auto dashes = std::find(arguments->begin(), arguments->end(), "--");
  if (dashes == arguments->end()) return {};
  std::vector<std::string> command_line(dashes + 1, arguments->end());
  arguments->erase(dashes, arguments->end());
  return command_line;
}

int UsageError(const CLI::App& app, const std::vector<std::string>& arguments,
               const CLI::ParseError& error) {
  std::string command = "ftrace";
  for (const CLI::App* used : app.get_subcommands()) command += " " + used->get_name();
  std::string what = error.what();
  if (app.get_subcommands().empty() && !arguments.empty() && !arguments.front().starts_with('-')) {
    what = arguments.front() + ": unknown command";
  }
  ftrace::PrintError(fmt::format("{}: see {} --help", what, command));
  return ftrace::kExitUsage;
}

int Run(std::vector<std::string> arguments) {
  const std::vector<std::string> command_line = TakeCommandLine(&arguments);
  CLI::App app("Traces any set of functions of programs compiled with -fplugin=libftrace.so.",
               "ftrace");
  app.set_version_flag("--version", "ftrace " FTRACE_VERSION);
  app.footer(kExamples);
  app.require_subcommand(1);
  ftrace::CommandAction action;
  ftrace::AddListCommand(&app, &action);
  ftrace::AddCheckCommand(&app, &action);
  ftrace::AddStatCommand(&app, command_line, &action);
  try {
    // CLI11 wants them last first.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    return UsageError(app, arguments, error);
  }
  return action();
}

}  // namespace

int main(int argc, char** argv) {
  ftrace::EndQuietlyOnClosedPipe();
  try {
    return Run(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
  } catch (const std::exception& error) {
    ftrace::PrintError(fmt::format("{}: out of memory or a defect of ftrace", error.what()));
    return ftrace::kExitFailure;
  }
}
