// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_ARCH_PPC64LE_ASSEMBLY_H_
#define FTRACE_ARCH_PPC64LE_ASSEMBLY_H_

#include "arch/arch_assembly.h"
#include "arch/site.h"

namespace ftrace::ppc64le {

inline constexpr ArchAssembly kAssembly = {
    FTRACE_ISA_PPC64LE,
    "",
    "\tnop\n",
    "1:\taddis 2, 12, .TOC.-1b@ha\n"
    "\taddi 2, 2, .TOC.-1b@l\n"
    "\t.localentry {function}, .-1b\n"
    "\taddis 12, 2, {callee}@got@ha\n"
    "\tld 12, {callee}@got@l(12)\n"
    "\tcmpdi 12, 0\n"
    "\tbeqlr\n"
    "\taddis 3, 2, .Lftrace_note@toc@ha\n"
    "\taddi 3, 3, .Lftrace_note@toc@l\n"
    "\tmtctr 12\n"
    "\tbctr\n",
    "",
    "0",
};

}  // namespace ftrace::ppc64le

#endif  // FTRACE_ARCH_PPC64LE_ASSEMBLY_H_
