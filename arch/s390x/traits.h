// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// s390x, what is odd in it:
//  * Instructions of 2, 4 and 6 bytes: the plugins align every pad to 8, and one 8-byte store
//    switches it.
//  * The live instruction becomes brasl %r1, a call through a free register, or brcl 15: the nop is
//    brcl 0, the branch that is never taken. +-4 GiB.
//  * Caches are coherent. Big-endian.
//  * r1 is free; r0 is the static chain.
#ifndef FTRACE_ARCH_S390X_TRAITS_H_
#define FTRACE_ARCH_S390X_TRAITS_H_

#include "arch/arch_traits.h"

namespace ftrace::s390x {

bool IsPad(const uint8_t* pad);
bool IsLead(const uint8_t* text, size_t size, bool big_endian);

inline constexpr size_t kPadSize = 6;

inline constexpr ArchTraits kTraits = {
    FTRACE_ISA_S390X,
    "s390x",
    22,  // EM_S390
    kElfClass64,
    5,  // R_390_PC32
    0,
    kPadSize,
    0,
    kPadSize,
    8,
    8,
    {0xc0, 0x04, 0x00, 0x00, 0x00, 0x00},  // brcl 0, .
    IsPad,
    IsLead,
};

}  // namespace ftrace::s390x

#endif  // FTRACE_ARCH_S390X_TRAITS_H_
