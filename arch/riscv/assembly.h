// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_ARCH_RISCV_ASSEMBLY_H_
#define FTRACE_ARCH_RISCV_ASSEMBLY_H_

#include "arch/arch_assembly.h"
#include "arch/site.h"

namespace ftrace::riscv {

inline constexpr ArchAssembly kAssembly = {
    FTRACE_ISA_RISCV64,
    "\t.option push\n"
    "\t.option norvc\n"
    "\t.option norelax\n"
    "\tauipc t0, %pcrel_hi(__ftrace_gate)\n",
    "\tnop\n"
    "\t.option pop\n",
    "1:\tauipc t1, %got_pcrel_hi({callee})\n"
    "\tld t1, %pcrel_lo(1b)(t1)\n"
    "\tbeqz t1, 3f\n"
    "2:\tauipc a0, %pcrel_hi(.Lftrace_note)\n"
    "\taddi a0, a0, %pcrel_lo(2b)\n"
    "\tjr t1\n"
    "3:\tret\n",
    // Weak: the objects that an LTO linker makes have no groups. The runtime fills the slot.
    "\t.pushsection .bss.__ftrace_gate, \"awG\", %nobits, {group}, comdat\n"
    "\t.p2align 3\n"
    ".Lftrace_gate_slot:\n"
    "\t.zero 8\n"
    "\t.popsection\n"
    "\t.pushsection .text.__ftrace_gate, \"axG\", %progbits, {group}, comdat\n"
    "\t.p2align 2\n"
    "\t.weak __ftrace_gate\n"
    "\t.hidden __ftrace_gate\n"
    "\t.type __ftrace_gate, %function\n"
    "__ftrace_gate:\n"
    "\t.option push\n"
    "\t.option norvc\n"
    "\t.option norelax\n"
    "1:\tauipc t1, %pcrel_hi(.Lftrace_gate_slot)\n"
    "\tld t1, %pcrel_lo(1b)(t1)\n"
    "\tjr t1\n"
    "\t.option pop\n"
    "\t.size __ftrace_gate, .-__ftrace_gate\n"
    "\t.popsection\n",
    "__ftrace_gate-.",
};

}  // namespace ftrace::riscv

#endif  // FTRACE_ARCH_RISCV_ASSEMBLY_H_
