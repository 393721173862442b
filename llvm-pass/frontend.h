// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang's side of the plugin: options, the attributes that are not in the IR, and the select pass.
#ifndef FTRACE_LLVM_PASS_FRONTEND_H_
#define FTRACE_LLVM_PASS_FRONTEND_H_

namespace ftrace {

// To be called in a process that is Clang only: elsewhere Clang's symbols are null.
void RegisterFrontendAction();

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_FRONTEND_H_
