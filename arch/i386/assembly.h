// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_ARCH_I386_ASSEMBLY_H_
#define FTRACE_ARCH_I386_ASSEMBLY_H_

#include "arch/arch_assembly.h"
#include "arch/site.h"

namespace ftrace::i386 {

inline constexpr ArchAssembly kAssembly = {
    FTRACE_ISA_I386,
    // Nothing at the entry, filler behind endbr32.
    "\t.p2align 3, , 7\n",
    // Bytes, not a mnemonic: assemblers are free to choose a shorter form of the same lea.
    "\t.byte 0x65, 0x65, 0x8d, 0x74, 0x26, 0x00\n",
    "\tendbr32\n"
    "\tcall 1f\n"
    "1:\tpopl %edx\n"
    "2:\taddl $_GLOBAL_OFFSET_TABLE_+(2b-1b), %edx\n"
    "\tmovl {callee}@GOT(%edx), %eax\n"
    "\ttestl %eax, %eax\n"
    "\tje 3f\n"
    "\tleal .Lftrace_note@GOTOFF(%edx), %edx\n"
    "\tsubl $8, %esp\n"
    "\tpushl %edx\n"
    "\tcall *%eax\n"
    "\taddl $12, %esp\n"
    "3:\tret\n",
    "",
    "0",
};

}  // namespace ftrace::i386

#endif  // FTRACE_ARCH_I386_ASSEMBLY_H_
