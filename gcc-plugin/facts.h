// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a record says of a function.
#ifndef FTRACE_GCC_PLUGIN_FACTS_H_
#define FTRACE_GCC_PLUGIN_FACTS_H_

#include <cstdint>

#include "gcc-plugin/gcc_headers.h"

namespace ftrace {

// Whether the function takes its own return or frame address. In its instructions that is a load or
// a copy like any other: to be asked while it still is GIMPLE.
bool TakesFrameAddress(function* fun);

// The facts of the function that is being compiled, without width, isa and lead.
uint32_t FactsOf(function* fun, bool takes_frame_address);

}  // namespace ftrace

#endif  // FTRACE_GCC_PLUGIN_FACTS_H_
