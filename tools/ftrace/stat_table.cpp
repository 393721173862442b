// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/stat_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "tools/ftrace/module.h"

namespace ftrace {
namespace {

constexpr size_t kCallsWidth = 15;
constexpr size_t kMaxColumn = 48;  // longer names do not push the other columns away

std::string BaseName(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

void AddNamedRows(const Module& module, DemangleStyle style, ModuleCounts* counts,
                  std::vector<StatRow>* rows) {
  for (const SiteRecord& record : module.table.records) {
    const uint64_t calls = counts->Take(record.pad.address);
    if (calls == 0) continue;
    const std::string_view symbol = module.FunctionName(record);
    rows->push_back(
        {calls, symbol.empty() ? fmt::format("{:#x}", record.pad.address) : Demangle(symbol, style),
         BaseName(counts->path), record.pad.address});
  }
}

size_t Width(const std::vector<StatRow>& rows, std::string StatRow::* column, size_t least) {
  size_t width = least;
  for (const StatRow& row : rows)
    width = std::max(width, std::min((row.*column).size(), kMaxColumn));
  return width;
}

std::string Plural(uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace

std::vector<StatRow> MakeStatRows(Profile profile, DemangleStyle style, StatOrder order,
                                  std::vector<std::string>* warnings) {
  std::vector<StatRow> rows;
  for (ModuleCounts& counts : profile.modules) {
    if (counts.calls.empty()) continue;
    std::vector<SkippedFile> skipped;
    const Result<std::vector<Module>> modules = LoadModules(counts.path, &skipped);
    if (modules) {
      for (const Module& module : *modules) AddNamedRows(module, style, &counts, &rows);
    } else {
      warnings->push_back(modules.error());
    }
    if (!counts.calls.empty()) {
      warnings->push_back(
          fmt::format("{}: {} have no name: the file has changed or gone since it ran, run again",
                      counts.path, Plural(counts.calls.size(), "function", "functions")));
    }
    for (const auto& [address, calls] : counts.calls) {
      rows.push_back({calls, fmt::format("{:#x}", address), BaseName(counts.path), address});
    }
  }
  std::sort(rows.begin(), rows.end(), [order](const StatRow& a, const StatRow& b) {
    if (order == StatOrder::kCalls && a.calls != b.calls) return a.calls > b.calls;
    return std::tie(a.function, a.module, a.address) < std::tie(b.function, b.module, b.address);
  });
  return rows;
}

std::string FormatStatTable(const std::vector<StatRow>& rows) {
  const size_t function_width = Width(rows, &StatRow::function, sizeof("function") - 1);
  const size_t module_width = Width(rows, &StatRow::module, sizeof("module") - 1);
  uint64_t total = 0;
  for (const StatRow& row : rows) total += row.calls;
  std::string text = fmt::format("{:>{}}  {:<{}}  {:<{}}  {:>6}\n", "calls", kCallsWidth,
                                 "function", function_width, "module", module_width, "share");
  for (const StatRow& row : rows) {
    text += fmt::format("{:>{}}  {:<{}}  {:<{}}  {:>5.1f}%\n", row.calls, kCallsWidth, row.function,
                        function_width, row.module, module_width,
                        100.0 * static_cast<double>(row.calls) / static_cast<double>(total));
  }
  return text + fmt::format("{:>{}}  total\n", total, kCallsWidth);
}

std::string FormatStatFacts(const Profile& profile, size_t functions_called) {
  std::string text = fmt::format("{} called, {} of {} sites enabled; {}\n",
                                 Plural(functions_called, "function", "functions"), profile.enabled,
                                 profile.sites, Plural(profile.processes, "process", "processes"));
  if (profile.lost != 0) {
    text += fmt::format("{} lost, the memory for counts was full: give more with -b\n",
                        Plural(profile.lost, "call", "calls"));
  }
  if (profile.damaged != 0) {
    text += fmt::format("{} damaged and left out: a traced process has overwritten them\n",
                        Plural(profile.damaged, "table of counts is", "tables of counts are"));
  }
  return text;
}

}  // namespace ftrace
