// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pads and records in the assembler's stream.
#ifndef FTRACE_GCC_PLUGIN_EMIT_H_
#define FTRACE_GCC_PLUGIN_EMIT_H_

namespace ftrace {

// Registers the passes that prepare a function's pad, and takes over the hook that prints it.
void InstallEmitPasses(const char* plugin_name);

}  // namespace ftrace

#endif  // FTRACE_GCC_PLUGIN_EMIT_H_
