// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The parts of a demangled C++ function name, for filters and for display: in the runtime and in
// the command. libc only, no allocation.
#ifndef FTRACE_RUNTIME_DEMANGLED_NAME_H_
#define FTRACE_RUNTIME_DEMANGLED_NAME_H_

#include <cstddef>

#include "runtime/glob.h"

namespace ftrace {

// `void ns::f<int>(int) const [clone .cold]`: the name is ns::f<int>.
struct DemangledName {
  size_t begin;           // behind the return type
  size_t end;             // the parameter list begins here
  size_t parameters_end;  // behind the parameter list; equal to end if there is none
};

DemangledName ParseDemangledName(const char* text, size_t size);

// Whether the glob matches the whole text, the text without the return type, or the name alone.
bool GlobMatchesDemangled(const Glob& glob, const char* text, size_t size);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_DEMANGLED_NAME_H_
