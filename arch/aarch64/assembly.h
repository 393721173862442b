// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_ARCH_AARCH64_ASSEMBLY_H_
#define FTRACE_ARCH_AARCH64_ASSEMBLY_H_

#include "arch/arch_assembly.h"
#include "arch/site.h"

namespace ftrace::aarch64 {

inline constexpr ArchAssembly kAssembly = {
    FTRACE_ISA_AARCH64,
    "\tmov x9, x30\n",
    "\tnop\n",
    // hint #34 is `bti c`, which older assemblers do not know.
    "\thint #34\n"
    "\tadrp x16, :got:{callee}\n"
    "\tldr x16, [x16, :got_lo12:{callee}]\n"
    "\tcbz x16, 1f\n"
    "\tadrp x0, .Lftrace_note\n"
    "\tadd x0, x0, :lo12:.Lftrace_note\n"
    "\tbr x16\n"
    "1:\tret\n",
    "",
    "0",
};

}  // namespace ftrace::aarch64

#endif  // FTRACE_ARCH_AARCH64_ASSEMBLY_H_
