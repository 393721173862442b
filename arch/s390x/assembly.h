// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_ARCH_S390X_ASSEMBLY_H_
#define FTRACE_ARCH_S390X_ASSEMBLY_H_

#include "arch/arch_assembly.h"
#include "arch/site.h"

namespace ftrace::s390x {

inline constexpr ArchAssembly kAssembly = {
    FTRACE_ISA_S390X,
    "",
    "\tbrcl 0, .\n",
    "\t.pushsection .data.rel.ro.{function}, \"awG\", %progbits, {group}, comdat\n"
    "\t.p2align 3\n"
    ".Lftrace_{callee}:\n"
    "\t.quad {callee}\n"
    "\t.popsection\n"
    // Not through the GOT, which LLVM and GNU as spell differently.
    "\tlarl %r1, .Lftrace_{callee}\n"
    "\tlg %r1, 0(%r1)\n"
    "\tltgr %r1, %r1\n"
    "\tje 1f\n"
    "\tlarl %r2, .Lftrace_note\n"
    "\tbr %r1\n"
    "1:\tbr %r14\n",
    "",
    "0",
};

}  // namespace ftrace::s390x

#endif  // FTRACE_ARCH_S390X_ASSEMBLY_H_
