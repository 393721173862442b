// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_ARCH_X86_64_ASSEMBLY_H_
#define FTRACE_ARCH_X86_64_ASSEMBLY_H_

#include "arch/arch_assembly.h"
#include "arch/site.h"

namespace ftrace::x86_64 {

inline constexpr ArchAssembly kAssembly = {
    FTRACE_ISA_X86_64,
    // Nothing at the entry, filler behind endbr64.
    "\t.p2align 3, , 7\n",
    // Bytes, not a mnemonic: assemblers are free to choose a shorter form of the same nop.
    "\t.byte 0x67, 0x0f, 0x1f, 0x44, 0x00, 0x00\n",
    "\tendbr64\n"
    "\tmovq {callee}@GOTPCREL(%rip), %rax\n"
    "\ttestq %rax, %rax\n"
    "\tje 1f\n"
    "\tleaq .Lftrace_note(%rip), %rdi\n"
    "\tjmpq *%rax\n"
    "1:\tretq\n",
    "",
    "0",
};

}  // namespace ftrace::x86_64

#endif  // FTRACE_ARCH_X86_64_ASSEMBLY_H_
