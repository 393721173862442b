// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The machine pass that puts pad and record into the functions that the select pass has chosen.
#ifndef FTRACE_LLVM_PASS_EMIT_H_
#define FTRACE_LLVM_PASS_EMIT_H_

namespace ftrace {

// Hooks the pass into code generation of this process: in clang, llc and LTO linkers alike.
void InstallEmitPass();

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_EMIT_H_
