// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_ARCH_MIPS_ASSEMBLY_H_
#define FTRACE_ARCH_MIPS_ASSEMBLY_H_

#include "arch/arch_assembly.h"
#include "arch/site.h"

namespace ftrace::mips {

// The hooks find everything from the address of the words behind their `bal`, without $28: one text
// for position-independent code and other.
inline constexpr ArchAssembly k32Assembly = {
    FTRACE_ISA_MIPS32,
    "\t.set push\n"
    "\t.set noreorder\n"
    "\t.set nomacro\n",
    "\tnop\n"
    "\tnop\n"
    "\t.set pop\n",
    "\t.set push\n"
    "\t.set noreorder\n"
    "\taddiu $sp, $sp, -32\n"
    "\tsw $31, 16($sp)\n"
    "\tbal 1f\n"
    "\tnop\n"
    "\t.long .Lftrace_{callee}-.\n"
    "\t.long .Lftrace_note-.\n"
    "\t.pushsection .data.rel.ro.{function}, \"awG\", %progbits, {group}, comdat\n"
    "\t.p2align 2\n"
    ".Lftrace_{callee}:\n"
    "\t.long {callee}\n"
    "\t.popsection\n"
    "1:\tlw $2, 0($31)\n"
    "\taddu $2, $2, $31\n"
    "\tlw $25, 0($2)\n"
    "\tlw $4, 4($31)\n"
    "\taddu $4, $4, $31\n"
    "\taddiu $4, $4, 4\n"
    "\tlw $31, 16($sp)\n"
    "\tbeqz $25, 4f\n"
    "\taddiu $sp, $sp, 32\n"
    "\tjr $25\n"
    "\tnop\n"
    "4:\tjr $31\n"
    "\tnop\n"
    "\t.set pop\n",
    "",
    "0",
};

inline constexpr ArchAssembly k64Assembly = {
    FTRACE_ISA_MIPS64,
    "\t.set push\n"
    "\t.set noreorder\n"
    "\t.set nomacro\n",
    "\tnop\n"
    "\tnop\n"
    "\t.set pop\n",
    "\t.set push\n"
    "\t.set noreorder\n"
    "\tdaddiu $sp, $sp, -32\n"
    "\tsd $31, 16($sp)\n"
    "\tbal 1f\n"
    "\tnop\n"
    "\t.long .Lftrace_{callee}-.\n"
    "\t.long .Lftrace_note-.\n"
    "\t.pushsection .data.rel.ro.{function}, \"awG\", %progbits, {group}, comdat\n"
    "\t.p2align 3\n"
    ".Lftrace_{callee}:\n"
    "\t.quad {callee}\n"
    "\t.popsection\n"
    "1:\tlw $2, 0($31)\n"
    "\tdaddu $2, $2, $31\n"
    "\tld $25, 0($2)\n"
    "\tlw $4, 4($31)\n"
    "\tdaddu $4, $4, $31\n"
    "\tdaddiu $4, $4, 4\n"
    "\tld $31, 16($sp)\n"
    "\tbeqz $25, 4f\n"
    "\tdaddiu $sp, $sp, 32\n"
    "\tjr $25\n"
    "\tnop\n"
    "4:\tjr $31\n"
    "\tnop\n"
    "\t.set pop\n",
    "",
    "0",
};

}  // namespace ftrace::mips

#endif  // FTRACE_ARCH_MIPS_ASSEMBLY_H_
