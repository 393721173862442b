// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/module.h"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace ftrace {

Module::Module(ElfFile elf) : file(std::move(elf)), functions(file), table(ReadSiteTable(file)) {}

std::string_view Module::FunctionName(const SiteRecord& record) const {
  const std::span<const Function> names = functions.At(record.function());
  if (!names.empty()) return names.front().name;
  const Function* around = functions.Containing(record.pad);
  return around == nullptr ? std::string_view() : around->name;
}

size_t Module::CountWithPads() const {
  std::set<TextPlace> with_pads;
  for (const SiteRecord& record : table.records) {
    if (functions.IsCounted(record.function())) with_pads.insert(record.function());
  }
  return with_pads.size();
}

std::string Module::PadSummary() const {
  return fmt::format("{} of {} functions have pads", CountWithPads(), functions.Count());
}

Result<std::vector<Module>> LoadModules(const std::string& path,
                                        std::vector<SkippedFile>* skipped) {
  Result<std::vector<ElfFile>> files = ElfFile::Open(path, skipped);
  if (!files) return Error{files.error()};
  std::vector<Module> modules;
  modules.reserve(files->size());
  for (ElfFile& file : *files) modules.emplace_back(std::move(file));
  return modules;
}

}  // namespace ftrace
