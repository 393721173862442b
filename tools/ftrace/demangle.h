// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How the command writes function names, and which spellings of a name a filter matches.
#ifndef FTRACE_TOOLS_FTRACE_DEMANGLE_H_
#define FTRACE_TOOLS_FTRACE_DEMANGLE_H_

#include <string>
#include <string_view>

#include "runtime/glob.h"

namespace ftrace {

enum class DemangleStyle {
  kSimple,  // ns::f
  kFull,    // void ns::f<int>(int) const
  kNo,      // _ZNK2ns1fIiEEvT_
};

// A name that is not a mangled one comes back unchanged.
std::string Demangle(std::string_view symbol, DemangleStyle style);

// The name alone: without parameter list, return type and what follows the parameter list.
std::string SimpleName(std::string_view demangled);

// Whether a filter's glob means this symbol: as mangled, as demangled in full, with the parameter
// list alone, or without it.
bool GlobMatchesSymbol(const Glob& glob, std::string_view symbol);

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_DEMANGLE_H_
