// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which functions get a pad. See docs/design/which-functions.md.
#ifndef FTRACE_GCC_PLUGIN_SELECT_H_
#define FTRACE_GCC_PLUGIN_SELECT_H_

#include "gcc-plugin/gcc_headers.h"
#include "llvm-pass/options.h"

namespace ftrace {

// Whether the user wants the function that is being compiled to have a pad and it can have one. A
// function that is wanted and cannot have one is told of: -fopt-info-missed.
bool WantsPad(function* fun, const Options& options);

}  // namespace ftrace

#endif  // FTRACE_GCC_PLUGIN_SELECT_H_
