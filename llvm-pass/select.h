// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The IR pass that decides WHICH functions get a pad. It runs first in the pipeline, where
// functions are still those of the source, and leaves a function attribute that travels in bitcode.
#ifndef FTRACE_LLVM_PASS_SELECT_H_
#define FTRACE_LLVM_PASS_SELECT_H_

namespace llvm {
class PassBuilder;
}

namespace ftrace {

// Value: the number of machine instructions below which the function gets no pad after all.
inline constexpr char kPadAttribute[] = "ftrace-pad";

// Puts the pass at the start of every pipeline and makes it known as "ftrace-select".
void RegisterSelectPass(llvm::PassBuilder& builder);

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_SELECT_H_
