// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which functions get a pad. See docs/design/which-functions.md.
#ifndef FTRACE_GCC_PLUGIN_SELECT_H_
#define FTRACE_GCC_PLUGIN_SELECT_H_

#include "gcc-plugin/gcc_headers.h"
#include "llvm-pass/options.h"

namespace ftrace {

// Remembers what is said of the functions that thunks go on to. To be called when all functions of
// the unit are known and none is optimised yet: a function may be gone when its thunk is compiled.
void LookAtThunks();

// Whether the user wants the function that is being compiled to have a pad and it can have one. A
// function that is wanted and cannot have one is told of: -fopt-info-missed.
bool WantsPad(function* fun, const Options& options);

}  // namespace ftrace

#endif  // FTRACE_GCC_PLUGIN_SELECT_H_
