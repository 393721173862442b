// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_ARCH_ARM_ASSEMBLY_H_
#define FTRACE_ARCH_ARM_ASSEMBLY_H_

#include "arch/arch_assembly.h"
#include "arch/site.h"

namespace ftrace::arm {

inline constexpr ArchAssembly kA32Assembly = {
    FTRACE_ISA_ARM_A32,
    "",
    "\tnop\n",
    "\tldr r1, 2f\n"
    "1:\tadd r1, pc, r1\n"
    "\tldr r1, [r1]\n"
    "\tcmp r1, #0\n"
    "\tbxeq lr\n"
    "\tldr r0, 4f\n"
    "3:\tadd r0, pc, r0\n"
    "\tbx r1\n"
    "\t.p2align 2\n"
    "2:\t.long {callee}(GOT_PREL)-((1b+8)-2b)\n"
    "4:\t.long .Lftrace_note-(3b+8)\n",
    "",
    "0",
};

inline constexpr ArchAssembly kThumb2Assembly = {
    FTRACE_ISA_ARM_THUMB2,
    "",
    "\tnop.w\n",
    // bti, which older assemblers do not know.
    "\t.inst.w 0xf3af800f\n"
    "\tldr r1, 2f\n"
    "1:\tadd r1, pc\n"
    "\tldr r1, [r1]\n"
    "\tcbz r1, 5f\n"
    "\tldr r0, 4f\n"
    "3:\tadd r0, pc\n"
    "\tbx r1\n"
    "5:\tbx lr\n"
    "\t.p2align 2\n"
    "2:\t.long {callee}(GOT_PREL)-((1b+4)-2b)\n"
    "4:\t.long .Lftrace_note-(3b+4)\n",
    "",
    "0",
};

}  // namespace ftrace::arm

#endif  // FTRACE_ARCH_ARM_ASSEMBLY_H_
