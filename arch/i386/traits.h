// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// i386, what is odd in it:
//  * Instructions have no alignment: the plugins align every pad to 8, as on x86_64.
//  * The pad is valid from the 80386 up, which has no long nop: an lea that changes nothing. Its
//    first byte is a segment prefix, which both the lea and the branch ignore: a breakpoint of
//    others that stands there and is restored from the file leaves the byte that belongs there. Not
//    cs, ds, es or ss: Linux refuses uprobes on them (arch/x86/kernel/uprobes.c, is_prefix_bad()).
//    The second is there for the size of the branch.
//  * Data and instruction caches are coherent.
//  * Direct branches reach everything.
//  * endbr32 must be first under -fcf-protection. Four bytes of filler bring the pad to 8 again.
//  * Local functions take arguments in eax, edx and ecx; nothing but the flags is free at a pad.
#ifndef FTRACE_ARCH_I386_TRAITS_H_
#define FTRACE_ARCH_I386_TRAITS_H_

#include "arch/arch_traits.h"

namespace ftrace::i386 {

bool IsPad(const uint8_t* pad);
bool IsLead(const uint8_t* text, size_t size, bool big_endian);

inline constexpr size_t kPadSize = 6;

inline constexpr ArchTraits kTraits = {
    FTRACE_ISA_I386,
    "i386",
    3,  // EM_386
    kElfClass32,
    2,  // R_386_PC32
    0,
    kPadSize,
    0,
    kPadSize,
    8,
    8,
    {0x65, 0x65, 0x8d, 0x74, 0x26, 0x00},  // gs gs lea 0(%esi,%eiz,1),%esi
    IsPad,
    IsLead,
};

}  // namespace ftrace::i386

#endif  // FTRACE_ARCH_I386_TRAITS_H_
