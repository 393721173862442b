// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether a function's entry is one that a tracer can be called from.
// docs/design/which-functions.md has the reasons.
#ifndef FTRACE_LLVM_PASS_ELIGIBILITY_H_
#define FTRACE_LLVM_PASS_ELIGIBILITY_H_

namespace llvm {
class Function;
class Triple;
}  // namespace llvm

namespace ftrace {

// Null if the entry can have a pad, else why not, to follow "no pad: ". Asked at selection and
// again at emission: optimisers copy the choice to functions that they make, and change
// conventions.
const char* WhyIneligible(const llvm::Function& function, const llvm::Triple& triple);

// An optimisation remark of the pass "ftrace", printed under -Rpass-missed=ftrace: never a warning.
void TellNoPad(const llvm::Function& function, const char* reason);

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_ELIGIBILITY_H_
