// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One ELF file as the commands see it: its functions and its sites.
#ifndef FTRACE_TOOLS_FTRACE_MODULE_H_
#define FTRACE_TOOLS_FTRACE_MODULE_H_

#include <string>
#include <string_view>
#include <vector>

#include "tools/ftrace/elf_file.h"
#include "tools/ftrace/function_table.h"
#include "tools/ftrace/result.h"
#include "tools/ftrace/site_table.h"

namespace ftrace {

struct Module {
  explicit Module(ElfFile elf);

  ElfFile file;
  FunctionTable functions;
  SiteTable table;

  // Mangled name of the function a record belongs to; empty if no symbol tells it.
  std::string_view FunctionName(const SiteRecord& record) const;
  // Functions that have a pad, of those that functions.Count() counts.
  size_t CountWithPads() const;
  // "N of M functions have pads"
  std::string PadSummary() const;
};

// The module of a file, or one for each member of an archive.
Result<std::vector<Module>> LoadModules(const std::string& path, std::vector<SkippedFile>* skipped);

// Why a site cannot be patched, or why its record must not be believed; empty if it is as the
// compiler plugin made it.
std::string SiteFault(const Module& module, const SiteRecord& record);

// Everything that is wrong with the records of a module, a line each: "WHERE: WHAT".
std::vector<std::string> CheckModule(const Module& module);

// What is worth knowing but not wrong.
std::vector<std::string> ModuleNotes(const Module& module);

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_MODULE_H_
