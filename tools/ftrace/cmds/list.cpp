// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ftrace list: the sites of a file.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "tools/ftrace/cmds/command.h"
#include "tools/ftrace/missing_pads.h"
#include "tools/ftrace/module.h"
#include "tools/ftrace/output.h"

namespace ftrace {
namespace {

struct ListOptions {
  std::string file;
  std::string glob;
  std::string pid;
  bool count = false;
  DemangleStyle demangle = DemangleStyle::kSimple;
};

// Names longer than this do not push the other columns away.
constexpr size_t kNameWidth = 48;

bool Matches(const Module& module, const SiteRecord& record, const std::string& pattern) {
  if (pattern.empty()) return true;
  const Glob glob(pattern.data(), pattern.size());
  for (const Function& name : module.functions.At(record.function())) {
    if (GlobMatchesSymbol(glob, name.name)) return true;
  }
  return false;
}

std::string BaseName(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

// One line a site: address of the pad, function, module, state. Returns how many.
size_t ListSites(const Module& module, const ListOptions& options, Output* output) {
  std::vector<const SiteRecord*> records;
  for (const SiteRecord& record : module.table.records) {
    if (Matches(module, record, options.glob)) records.push_back(&record);
  }
  std::stable_sort(records.begin(), records.end(),
                   [](const SiteRecord* a, const SiteRecord* b) { return a->pad < b->pad; });
  std::vector<std::string> names;
  size_t width = 0;
  for (const SiteRecord* record : records) {
    const std::string_view symbol = module.FunctionName(*record);
    names.push_back(symbol.empty() ? "?" : Demangle(symbol, options.demangle));
    width = std::max(width, std::min(names.back().size(), kNameWidth));
  }
  const std::string module_name = BaseName(module.file.name());
  for (size_t i = 0; i < records.size(); ++i) {
    const std::string fault = SiteFault(module, *records[i]);
    output->Write(fmt::format("{:016x}  {:<{}}  {}  {}\n", records[i]->pad.address, names[i], width,
                              module_name, fault.empty() ? "off" : "cannot be patched: " + fault));
  }
  return records.size();
}

size_t CountSites(const Module& module, const ListOptions& options, Output* output) {
  output->Write(fmt::format("{}: {}\n", BaseName(module.file.name()), module.PadSummary()));
  if (options.glob.empty()) return module.table.records.size();
  const auto matches = static_cast<size_t>(std::count_if(
      module.table.records.begin(), module.table.records.end(),
      [&](const SiteRecord& record) { return Matches(module, record, options.glob); }));
  output->Write(fmt::format("{}: {} of {} sites match {}\n", BaseName(module.file.name()), matches,
                            module.table.records.size(), options.glob));
  return matches;
}

std::string NothingToList(const std::vector<Module>& modules,
                          const std::vector<SkippedFile>& skipped) {
  if (modules.size() == 1) return WhyNoPads(modules.front());
  if (modules.empty() && !skipped.empty()) return WhySkipped(skipped.front());
  return fmt::format("no member has pads: {}", kHowToCompile);
}

int List(const ListOptions& options) {
  std::vector<SkippedFile> skipped;
  const Result<std::vector<Module>> modules = LoadModules(options.file, &skipped);
  if (!modules) {
    PrintError(modules.error());
    return kExitFailure;
  }
  Result<Output> output = Output::Open("", STDOUT_FILENO);
  size_t sites = 0;
  size_t listed = 0;
  bool damaged = false;
  for (const Module& module : *modules) {
    sites += module.table.records.size();
    listed += options.count ? CountSites(module, options, &*output)
                            : ListSites(module, options, &*output);
    for (const std::string& fault : module.table.faults) {
      PrintError(fmt::format("{}: {}", module.file.name(), fault));
      damaged = true;
    }
  }
  const std::string error = output->Close();
  if (!error.empty()) {
    PrintError(error);
    return kExitFailure;
  }
  if (damaged) return kExitFailure;
  if (sites == 0) {
    PrintError(fmt::format("{}: {}", options.file, NothingToList(*modules, skipped)));
    return kExitFailure;
  }
  if (listed == 0) {
    PrintError(fmt::format("{}: none of {} sites matches {}: ftrace list {} shows their names",
                           options.file, sites, options.glob, options.file));
    return kExitFailure;
  }
  return kExitOk;
}

int CheckArgumentsAndList(const ListOptions& options) {
  if (!options.pid.empty()) {
    PrintError(fmt::format(
        "list -p {0}: sites of a running process cannot be read yet: list the file, ftrace list "
        "/proc/{0}/exe",
        options.pid));
    return kExitFailure;
  }
  if (options.file.empty()) {
    PrintError("list: no file: ftrace list ELF [GLOB]");
    return kExitUsage;
  }
  return List(options);
}

}  // namespace

void AddListCommand(CLI::App* app, CommandAction* action) {
  CLI::App* command = app->add_subcommand("list", "Lists the functions of a file that have pads.");
  const auto options = std::make_shared<ListOptions>();
  command->add_option("ELF", options->file, "Object, archive, shared library or program");
  command->add_option("GLOB", options->glob,
                      "Only functions this matches: abc, abc*, *abc, *abc*, or any use of * ? "
                      "[set]; mangled, or demangled with or without parameter list");
  command->add_flag("--count", options->count, "Only how many functions of each module have pads");
  command->add_option("-p", options->pid, "A running process")->type_name("PID");
  AddDemangleOption(command, &options->demangle);
  command->footer(
      "Prints a line for each site: address of the pad, function, module, state. The state is\n"
      "`off`, or why the site cannot be patched.\n"
      "\n"
      "Examples:\n"
      "  ftrace list ./server                  all of them\n"
      "  ftrace list ./server 'net::*'         those of one namespace\n"
      "  ftrace list --count libparser.so      812 of 1040 functions have pads");
  command->callback(
      [options, action] { *action = [options] { return CheckArgumentsAndList(*options); }; });
}

void AddDemangleOption(CLI::App* command, DemangleStyle* style) {
  static const std::map<std::string, DemangleStyle> styles = {{"simple", DemangleStyle::kSimple},
                                                              {"full", DemangleStyle::kFull},
                                                              {"no", DemangleStyle::kNo}};
  command
      ->add_option_function<std::string>(
          "--demangle", [style](const std::string& name) { *style = styles.at(name); },
          "Names: simple (without parameter list; the default), full, no (as mangled)")
      ->check(CLI::IsMember({"simple", "full", "no"}))
      ->type_name("STYLE");
}

}  // namespace ftrace
