// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ftrace check: is every record and every pad of a file as the compiler plugin makes them.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "tools/ftrace/cmds/command.h"
#include "tools/ftrace/missing_pads.h"
#include "tools/ftrace/module.h"
#include "tools/ftrace/output.h"

namespace ftrace {
namespace {

// Faults are diagnostics as a compiler's: on stderr, FILE first, so that editors find them.
void PrintFault(const std::string& file, const std::string& fault) {
  const std::string line = fmt::format("{}: {}\n", file, fault);
  if (write(STDERR_FILENO, line.data(), line.size()) < 0) return;
}

void PrintNote(const std::string& file, const std::string& note, Output* output) {
  output->Write(fmt::format("{}: note: {}\n", file, note));
}

// Prints what is wrong with the records of a module. Returns how many faults it has.
size_t CheckRecords(const Module& module, Output* output) {
  const std::vector<std::string> faults = CheckModule(module);
  for (const std::string& fault : faults) PrintFault(module.file.name(), fault);
  for (const std::string& note : ModuleNotes(module)) {
    PrintNote(module.file.name(), note, output);
  }
  return faults.size();
}

// The last line about a file that has no fault in its records: whether its functions have pads.
// Returns whether that is as it should be.
bool ReportPads(const std::string& path, const std::vector<Module>& modules, Output* output) {
  const auto has_pads = [](const Module& module) { return FindPads(module) == Pads::kPresent; };
  const bool some = std::any_of(modules.begin(), modules.end(), has_pads);
  bool missing = false;
  for (const Module& module : modules) {
    const std::string& name = module.file.name();
    if (has_pads(module)) {
      output->Write(fmt::format("{}: {}, all good\n", name, module.PadSummary()));
    } else if (FindPads(module) == Pads::kMissing && !some && name == path) {
      PrintFault(name, WhyNoPads(module));
      return false;
    } else {
      PrintNote(name, WhyNoPads(module), output);
      missing = missing || FindPads(module) == Pads::kMissing;
    }
  }
  if (some || !missing) return true;
  PrintFault(path, "no member has pads");
  return false;
}

// Whether the file is good.
bool CheckFile(const std::string& path, Output* output) {
  std::vector<SkippedFile> skipped;
  const Result<std::vector<Module>> modules = LoadModules(path, &skipped);
  if (!modules) {
    PrintError(modules.error());
    return false;
  }
  for (const SkippedFile& file : skipped) PrintNote(file.name, WhySkipped(file), output);
  size_t faults = 0;
  for (const Module& module : *modules) faults += CheckRecords(module, output);
  return faults == 0 && ReportPads(path, *modules, output);
}

int Check(const std::vector<std::string>& files) {
  Result<Output> output = Output::Open("", STDOUT_FILENO);
  bool good = true;
  for (const std::string& file : files) good = CheckFile(file, &*output) && good;
  const std::string error = output->Close();
  if (!error.empty()) PrintError(error);
  return good && error.empty() ? kExitOk : kExitFailure;
}

}  // namespace

void AddCheckCommand(CLI::App* app, CommandAction* action) {
  CLI::App* command = app->add_subcommand("check", "Verifies every record and every pad of files.");
  const auto files = std::make_shared<std::vector<std::string>>();
  command->add_option("ELF", *files, "Objects, archives, shared libraries or programs")->required();
  command->footer(
      "Files may be of any target. A line for each says how many of its functions have pads; for\n"
      "an archive, each of its members.\n"
      "\n"
      "Exit status: 0 if every record and pad is good; 1 if not, with a line for each fault on\n"
      "stderr, FILE: FUNCTION: WHAT. A file with functions of which none has a pad is a fault; a\n"
      "member of an archive without pads beside others with pads is only noted. So are files\n"
      "without functions, and objects for link-time optimisation: check what is linked from them.\n"
      "\n"
      "Examples:\n"
      "  ftrace check build/*.o build/server\n"
      "  ftrace check libparser.so && echo ready to ship");
  command->callback([files, action] { *action = [files] { return Check(*files); }; });
}

}  // namespace ftrace
