// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The assembler's text for an ISA: what the compiler plugins print. One constexpr entry for each in
// arch/<isa>/assembly.h. Understood by LLVM's integrated assemblers and by GNU as. Without comments
// and `|`, which mean something else on some target or in an LLVM INLINEASM.
#ifndef FTRACE_ARCH_ARCH_ASSEMBLY_H_
#define FTRACE_ARCH_ARCH_ASSEMBLY_H_

#include <cstdint>

namespace ftrace {

struct ArchAssembly {
  uint8_t isa;  // FTRACE_ISA_*

  // The pad: in front of the record's label (alignment, filler, constant instruction) and from the
  // label on (the live instruction).
  const char* head;
  const char* live;

  // Body of the module's constructor and destructor, {function}: hands .Lftrace_note to {callee},
  // which is weak, if that is there. It may use what a C function may.
  const char* hook;

  // In the COMDAT group {group} of the note: what the pads refer to. Empty where that is nothing.
  const char* gate;
  // Value of the note's field `gate`.
  const char* note_gate;
};

}  // namespace ftrace

#endif  // FTRACE_ARCH_ARCH_ASSEMBLY_H_
