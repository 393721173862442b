// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// MIPS, what is odd in it:
//  * Branches have a delay slot: the live instruction becomes `j`, and the constant nop behind it
//  is
//    its slot.
//  * `j` stays within its segment of 256 MiB.
//  * There is no call that keeps $31: a plain branch.
//  * o32 position-independent code computes $28 from the address of the function in $25 and of its
//    first instruction: that set-up, two instructions of LLVM's or three of GCC's, stays in front.
//  * Both byte orders. Caches are not coherent, and there is no membarrier SYNC_CORE.
//  * $1 is the only free register at a pad; $15 is the static chain; $25 holds the function.
#ifndef FTRACE_ARCH_MIPS_TRAITS_H_
#define FTRACE_ARCH_MIPS_TRAITS_H_

#include "arch/arch_traits.h"

namespace ftrace::mips {

bool IsPad(const uint8_t* pad);
bool IsLead(const uint8_t* text, size_t size, bool big_endian);

inline constexpr size_t kPadSize = 8;

inline constexpr ArchTraits k32Traits = {
    FTRACE_ISA_MIPS32,
    "mips",
    8,  // EM_MIPS
    kElfClass32,
    248,  // R_MIPS_PC32
    0,
    kPadSize,
    0,
    4,
    4,
    4,
    {},  // nop; nop
    IsPad,
    IsLead,
};

inline constexpr ArchTraits k64Traits = {
    FTRACE_ISA_MIPS64,
    "mips64",
    8,  // EM_MIPS
    kElfClass64,
    248,  // R_MIPS_PC32
    0,
    kPadSize,
    0,
    4,
    4,
    4,
    {},  // nop; nop
    IsPad,
    IsLead,
};

}  // namespace ftrace::mips

#endif  // FTRACE_ARCH_MIPS_TRAITS_H_
