// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Functions that a compiler writes for one of the source: they are chosen as that one is.
#ifndef FTRACE_LLVM_PASS_OWNER_H_
#define FTRACE_LLVM_PASS_OWNER_H_

namespace llvm {
class Function;
}

namespace ftrace {

// The function of the source that a thunk calls, that an OpenMP region or a block is written in;
// null if `function` is none of these, or the other one is not in its module.
const llvm::Function* OwnerOf(const llvm::Function& function);

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_OWNER_H_
