// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The marks that the frontend leaves in a module as annotations.
#ifndef FTRACE_LLVM_PASS_ANNOTATIONS_H_
#define FTRACE_LLVM_PASS_ANNOTATIONS_H_

#include "llvm-pass/marks.h"
#include "llvm/ADT/DenseMap.h"

namespace llvm {
class Function;
class Module;
}  // namespace llvm

namespace ftrace {

using MarkMap = llvm::DenseMap<const llvm::Function*, Mark>;

// Takes the marks out of `module`: an annotation is a use, and would keep a function that is
// otherwise inlined and gone. Annotations of others stay.
MarkMap TakeMarks(llvm::Module& module);

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_ANNOTATIONS_H_
