// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `ftrace stat` prints, from what the processes have counted.
#ifndef FTRACE_TOOLS_FTRACE_STAT_TABLE_H_
#define FTRACE_TOOLS_FTRACE_STAT_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tools/ftrace/demangle.h"
#include "tools/ftrace/profile.h"

namespace ftrace {

struct StatRow {
  uint64_t calls;
  std::string function;
  std::string module;  // base name
  uint64_t address;
};

enum class StatOrder { kCalls, kName };

// One row for each function that was called, named through the file of its module. A count that
// belongs to no site of the file keeps its address for a name, and `warnings` says why.
std::vector<StatRow> MakeStatRows(Profile profile, DemangleStyle style, StatOrder order,
                                  std::vector<std::string>* warnings);

std::string FormatStatTable(const std::vector<StatRow>& rows);

// The lines below the table.
std::string FormatStatFacts(const Profile& profile, size_t functions_called);

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_STAT_TABLE_H_
