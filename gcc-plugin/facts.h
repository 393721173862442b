// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a record says of a function.
#ifndef FTRACE_GCC_PLUGIN_FACTS_H_
#define FTRACE_GCC_PLUGIN_FACTS_H_

#include <cstdint>

#include "gcc-plugin/gcc_headers.h"

namespace ftrace {

// Whether the function takes its own return address. In its instructions that is a load like any
// other: to be asked while it still is GIMPLE.
bool TakesReturnAddress(function* fun);

// The facts of the function that is being compiled, without width, isa and lead.
uint32_t FactsOf(function* fun, bool takes_return_address);

}  // namespace ftrace

#endif  // FTRACE_GCC_PLUGIN_FACTS_H_
