// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ftrace check: is every record and every pad of a file as the compiler plugin makes them.
#include <fmt/format.h>
#include <unistd.h>

#include "tools/ftrace/cmds/command.h"
#include "tools/ftrace/module.h"
#include "tools/ftrace/output.h"

namespace ftrace {
namespace {

// Faults are diagnostics as a compiler's: on stderr, FILE first, so that editors find them.
void PrintFault(const std::string& file, const std::string& fault) {
  const std::string line = fmt::format("{}: {}\n", file, fault);
  if (write(STDERR_FILENO, line.data(), line.size()) < 0) return;
}

std::string WithoutRecords(const std::vector<Module>& modules) {
  const bool empty_table = std::any_of(modules.begin(), modules.end(),
                                       [](const Module& module) { return module.table.has_note; });
  if (empty_table) {
    return fmt::format(
        "no records, though parts were compiled with the plugin: the linker dropped every padded "
        "function; for LTO, put the flags of ftrace-config --ldflags --lto on the link line");
  }
  return fmt::format("no records: {}", kHowToCompile);
}

// Whether the file is good.
bool CheckFile(const std::string& path, Output* output) {
  std::vector<std::string> skipped;
  const Result<std::vector<Module>> modules = LoadModules(path, &skipped);
  if (!modules) {
    PrintError(modules.error());
    return false;
  }
  size_t faults = 0;
  size_t records = 0;
  for (const std::string& member : skipped) {
    output->Write(fmt::format("{}: note: no ELF file, not checked\n", member));
  }
  for (const Module& module : *modules) {
    records += module.table.records.size();
    for (const std::string& fault : CheckModule(module)) {
      PrintFault(module.file.name(), fault);
      ++faults;
    }
    for (const std::string& note : ModuleNotes(module)) {
      output->Write(fmt::format("{}: note: {}\n", module.file.name(), note));
    }
  }
  if (faults != 0) return false;
  if (records == 0) {
    PrintFault(path, WithoutRecords(*modules));
    return false;
  }
  for (const Module& module : *modules) {
    output->Write(fmt::format("{}: {}, all good\n", module.file.name(), module.PadSummary()));
  }
  return true;
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
      "Exit status 1 and a line for each fault: FILE: FUNCTION: WHAT. A file without any record\n"
      "is a fault too.\n"
      "\n"
      "Examples:\n"
      "  ftrace check build/*.o build/server\n"
      "  ftrace check libparser.so && echo ready to ship");
  command->callback([files, action] { *action = [files] { return Check(*files); }; });
}

}  // namespace ftrace
