// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// x86_64, what is odd in it:
//  * Instructions have no alignment, so a pad could cross a cache line or two words. The plugins
//    align every pad to 8, and one 8-byte store switches it: a fetch sees old or new, whole.
//  * The first byte of the pad is an address-size prefix, which both the nop and the call ignore
//    (linkers pad calls with it too). A uprobe or a debugger that puts a breakpoint over the first
//    byte and later restores the byte it found in the file restores the byte that belongs there,
//    whatever the pad is at that time. Not a segment prefix: Linux refuses uprobes on instructions
//    with cs, ds, es, ss or lock (arch/x86/kernel/uprobes.c, is_prefix_bad()).
//  * Data and instruction caches are coherent; other cores need to serialise once before old code
//    may be freed (membarrier SYNC_CORE).
//  * Direct branches reach +-2 GiB: stubs lie near the module they serve.
//  * endbr64 must be first under -fcf-protection. Four bytes of filler bring the pad to 8 again.
//  * The static chain is in r10, al counts the vector registers of a variadic call; r11 is free.
#ifndef FTRACE_ARCH_X86_64_TRAITS_H_
#define FTRACE_ARCH_X86_64_TRAITS_H_

#include "arch/arch_traits.h"

namespace ftrace::x86_64 {

inline constexpr size_t kPadSize = 6;

bool IsPad(const uint8_t* pad);
bool IsLead(const uint8_t* text, size_t size, bool big_endian);

// `size` bytes are a landing pad, endbr64 or endbr32 by its last byte, and the filler that brings
// the pad to 8: of both x86.
bool IsLandingPadAndFiller(const uint8_t* text, size_t size, uint8_t last_byte);

inline constexpr ArchTraits kTraits = {
    FTRACE_ISA_X86_64,
    "x86_64",
    62,  // EM_X86_64
    kElfClass64,
    2,  // R_X86_64_PC32
    0,
    kPadSize,
    0,
    kPadSize,
    8,
    8,
    {0x67, 0x0f, 0x1f, 0x44, 0x00, 0x00},  // addr32 nopl 0(%eax,%eax)
    IsPad,
    IsLead,
};

}  // namespace ftrace::x86_64

#endif  // FTRACE_ARCH_X86_64_TRAITS_H_
