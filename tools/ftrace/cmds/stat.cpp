// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ftrace stat: runs a command and counts the calls of its functions.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "tools/ftrace/cmds/command.h"
#include "tools/ftrace/launch.h"
#include "tools/ftrace/missing_pads.h"
#include "tools/ftrace/module.h"
#include "tools/ftrace/output.h"
#include "tools/ftrace/profile.h"
#include "tools/ftrace/stat_table.h"

namespace ftrace {
namespace {

struct StatOptions {
  std::vector<std::string> filters;
  std::vector<std::string> notraces;
  std::string output;
  std::string order = "calls";
  uint64_t size = uint64_t{4} << 30;
  DemangleStyle demangle = DemangleStyle::kSimple;
  std::vector<std::string> command;
};

// A value of FTRACE=: `;` ends one, so it and the escape itself are escaped.
std::string Escape(const std::string& value) {
  std::string escaped;
  for (const char c : value) {
    if (c == ';' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string RuntimeSettings(const StatOptions& options, int fd) {
  std::string settings = "tracer=function_profile";
  for (const std::string& glob : options.filters) settings += ";filter=" + Escape(glob);
  for (const std::string& glob : options.notraces) settings += ";notrace=" + Escape(glob);
  return settings + fmt::format(";fd={}", fd);
}

// What the command needs in its environment, or why it cannot be traced.
std::variant<Environment, LaunchError> MakeEnvironment(const Program& program,
                                                       const std::string& runtime,
                                                       const StatOptions& options, int fd) {
  if (program.gains_privileges) {
    return LaunchError{kExitFailure,
                       fmt::format("{}: is setuid or setgid, such programs are not traced: run it "
                                   "as the user it belongs to",
                                   program.path)};
  }
  Environment environment = {{"FTRACE", RuntimeSettings(options, fd)}};
  if (program.has_runtime) return environment;
  if (!program.loads_libraries) {
    return LaunchError{kExitFailure,
                       fmt::format("{}: is linked statically and without the runtime: add the "
                                   "flags of ftrace-config --libs to its link line",
                                   program.path)};
  }
  environment.emplace_back("LD_PRELOAD", PreloadValue(runtime, std::getenv("LD_PRELOAD")));
  return environment;
}

// Why there is nothing to show; empty if there is.
std::string NothingTraced(const Profile& profile, const std::string& command) {
  if (profile.processes == 0) {
    return fmt::format(
        "{}: the runtime did not start in it: a static, setuid or foreign program "
        "cannot be traced",
        command);
  }
  if (profile.sites == 0) {
    return fmt::format("{}: no function has a pad: {}", command, kHowToCompile);
  }
  if (profile.enabled == 0) {
    return fmt::format("{}: none of {} sites matches the filters: ftrace list shows the names",
                       command, profile.sites);
  }
  return "";
}

// Returns false after an error.
bool Report(const StatOptions& options, const Profile& profile, Output* output) {
  const std::string nothing = NothingTraced(profile, options.command.front());
  if (!nothing.empty()) {
    PrintError(nothing);
    return false;
  }
  const StatOrder order = options.order == "name" ? StatOrder::kName : StatOrder::kCalls;
  std::vector<std::string> warnings;
  const std::vector<StatRow> rows = MakeStatRows(profile, options.demangle, order, &warnings);
  for (const std::string& warning : warnings) PrintError(warning);
  // The command may have left its last line open.
  if (options.output.empty()) output->Write("\n");
  output->Write(FormatStatTable(rows));
  output->Write("\n");
  output->Write(FormatStatFacts(profile, rows.size()));
  const std::string error = output->Close();
  if (!error.empty()) PrintError(error);
  return error.empty();
}

int Fail(const LaunchError& error) {
  PrintError(error.message);
  return error.status;
}

int Stat(const StatOptions& options) {
  const Result<std::string> runtime = FindRuntime();
  if (!runtime) return Fail({kExitFailure, runtime.error()});
  const std::variant<Program, LaunchError> program =
      InspectProgram(options.command.front(), *runtime);
  if (const auto* error = std::get_if<LaunchError>(&program)) return Fail(*error);
  Result<Output> output = Output::Open(options.output, STDERR_FILENO);
  if (!output) return Fail({kExitFailure, output.error()});
  const Result<ProfileMemory> memory = ProfileMemory::Create(options.size);
  if (!memory) return Fail({kExitFailure, memory.error()});
  const Result<int> fd = memory->DuplicateForCommand();
  if (!fd) return Fail({kExitFailure, fd.error()});
  const std::variant<Environment, LaunchError> environment =
      MakeEnvironment(std::get<Program>(program), *runtime, options, *fd);
  if (const auto* error = std::get_if<LaunchError>(&environment)) return Fail(*error);

  std::string message;
  const int status = RunProgram(std::get<Program>(program).path, options.command,
                                std::get<Environment>(environment), &message);
  close(*fd);
  if (!message.empty()) PrintError(message);
  if (status == kExitCannotExecute || status == kExitNotFound) {
    // It may be the command's own status; then there are counts.
    if (memory->Read().processes == 0) return status;
  }
  const bool reported = Report(options, memory->Read(), &*output);
  return status == 0 && !reported ? kExitFailure : status;
}

int CheckArgumentsAndStat(const StatOptions& options) {
  if (options.command.empty() || options.command.front().empty()) {
    PrintError("stat: no command: ftrace stat [OPTIONS] -- CMD [ARGS]");
    return kExitUsage;
  }
  for (const std::string& glob : options.filters) {
    if (!glob.starts_with('!')) continue;
    PrintError(
        fmt::format("stat: -F {}: nothing to remove it from: use -N {}", glob, glob.substr(1)));
    return kExitUsage;
  }
  if (options.size < ProfileMemory::kMinSize) {
    PrintError(
        fmt::format("stat: -b {}: at least {} bytes", options.size, ProfileMemory::kMinSize));
    return kExitUsage;
  }
  return Stat(options);
}

}  // namespace

void AddStatCommand(CLI::App* app, const std::vector<std::string>& command_line,
                    CommandAction* action) {
  CLI::App* command =
      app->add_subcommand("stat", "Runs a command and counts the calls of its functions.");
  const auto options = std::make_shared<StatOptions>();
  command->add_option("-F", options->filters, "Count only functions this matches; repeatable")
      ->type_name("GLOB")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  command->add_option("-N", options->notraces, "Leave these out, whatever -F says; repeatable")
      ->type_name("GLOB")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  command->add_option("-o", options->output, "Where the table goes (default: stderr; -: stdout)")
      ->type_name("FILE");
  command->add_option("-s", options->order, "Sort by calls (the default) or name")
      ->check(CLI::IsMember({"calls", "name"}))
      ->type_name("KEY");
  command->add_option("-b", options->size, "Memory for counts, used as needed (default 4G)")
      ->transform(CLI::AsSizeValue(false))
      ->type_name("SIZE");
  AddDemangleOption(command, &options->demangle);
  command->add_option("CMD", options->command, "The command and its arguments, best behind --");
  command->positionals_at_end(true);
  command->footer(
      "The program needs no relinking: the runtime is preloaded if it is not linked in. Child\n"
      "processes are counted too. The table goes to stderr, like that of perf stat, because\n"
      "stdout belongs to the command; -o sends it to a file. The exit status is the command's\n"
      "own; 1 if it succeeded but nothing could be traced.\n"
      "\n"
      "Examples:\n"
      "  ftrace stat -- ./server --once                 every function\n"
      "  ftrace stat -F 'parse*' -N '*_debug' -- ./server --once\n"
      "  ftrace stat -F 'net::*' -o calls.txt -s name -- make check");
  command->callback([options, command_line, action] {
    options->command.insert(options->command.end(), command_line.begin(), command_line.end());
    *action = [options] { return CheckArgumentsAndStat(*options); };
  });
}

}  // namespace ftrace
