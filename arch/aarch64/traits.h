// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// AArch64, what is odd in it:
//  * Instructions are little-endian words, whatever the byte order of data.
//  * The live instruction becomes `bl`, which overwrites x30: the constant instruction in front of
//    it keeps the caller's in x9, which carries no argument.
//  * nop and bl are in the architecture's list of instructions that may be modified while others
//    execute them (Arm ARM B2.2.5). Instruction caches need maintenance.
//  * Direct branches reach +-128 MiB.
//  * `bti c` must be first where indirect calls land. The pad comes before paciasp, so the return
//    address is not yet signed at the pad.
//  * x16 and x17 are free; x18 is the static chain of LLVM.
#ifndef FTRACE_ARCH_AARCH64_TRAITS_H_
#define FTRACE_ARCH_AARCH64_TRAITS_H_

#include "arch/arch_traits.h"

namespace ftrace::aarch64 {

bool IsPad(const uint8_t* pad);
bool IsLead(const uint8_t* text, size_t size, bool big_endian);

inline constexpr size_t kPadSize = 8;

inline constexpr ArchTraits kTraits = {
    FTRACE_ISA_AARCH64,
    "aarch64",
    183,  // EM_AARCH64
    kElfClass64,
    261,  // R_AARCH64_PREL32
    0,
    kPadSize,
    4,
    4,
    4,
    4,
    {0xe9, 0x03, 0x1e, 0xaa, 0x1f, 0x20, 0x03, 0xd5},  // mov x9, x30; nop
    IsPad,
    IsLead,
};

}  // namespace ftrace::aarch64

#endif  // FTRACE_ARCH_AARCH64_TRAITS_H_
