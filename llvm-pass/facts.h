// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the record says about a function, as far as code generation knows it at emission.
#ifndef FTRACE_LLVM_PASS_FACTS_H_
#define FTRACE_LLVM_PASS_FACTS_H_

#include <cstdint>

namespace llvm {
class MachineFunction;
class Triple;
}  // namespace llvm

namespace ftrace {

struct ArchTraits;

// The ISA of a target, the first if it has several; null if there are no pads for it.
const ArchTraits* TraitsOf(const llvm::Triple& triple);

// The ISA of a function; null if there are no pads for its mode.
const ArchTraits* TraitsOf(const llvm::MachineFunction& machine_function);

// Everything of FTRACE_SITE_FIELDS but width, isa and lead, which go with the pad.
uint32_t FactsOf(const llvm::MachineFunction& machine_function);

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_FACTS_H_
