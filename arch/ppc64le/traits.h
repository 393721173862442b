// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PowerPC 64, little-endian, ELFv2, what is odd in it:
//  * A function has two entries. Callers from other modules come to the symbol, where r2 is set up
//    from r12; local callers skip that. The pad is behind it, where both pass.
//  * There is no call that keeps LR: a plain branch, +-32 MiB.
//  * nop and b may be modified while others execute them. Instruction caches need maintenance.
//  * r0, CTR and most of CR are free; r11 is the static chain.
#ifndef FTRACE_ARCH_PPC64LE_TRAITS_H_
#define FTRACE_ARCH_PPC64LE_TRAITS_H_

#include "arch/arch_traits.h"

namespace ftrace::ppc64le {

bool IsPad(const uint8_t* pad);
bool IsLead(const uint8_t* text, size_t size, bool big_endian);

inline constexpr size_t kPadSize = 4;

inline constexpr ArchTraits kTraits = {
    FTRACE_ISA_PPC64LE,
    "ppc64le",
    21,  // EM_PPC64
    kElfClass64,
    26,  // R_PPC64_REL32
    0,
    kPadSize,
    0,
    4,
    4,
    4,
    {0x00, 0x00, 0x00, 0x60},  // nop
    IsPad,
    IsLead,
};

}  // namespace ftrace::ppc64le

#endif  // FTRACE_ARCH_PPC64LE_TRAITS_H_
