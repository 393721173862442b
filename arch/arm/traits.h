// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ARM, what is odd in it:
//  * Two instruction sets in one file, A32 and Thumb-2; symbols of Thumb functions have bit 0 set,
//    records have not.
//  * A Thumb-2 pad is one 32-bit instruction within one aligned word: functions are aligned to 4,
//    which Thumb does not ask for. Two 16-bit ones could be half executed when they are switched.
//  * There is no call that keeps lr: the live instruction becomes a plain branch.
//  * Branches reach +-32 MiB (A32), +-16 MiB (Thumb-2). Instruction caches need maintenance.
//  * A32 before ARMv6K has no nop; assemblers print `mov r0, r0` for it.
//  * r12 is the static chain; nothing but the flags is free at a pad.
#ifndef FTRACE_ARCH_ARM_TRAITS_H_
#define FTRACE_ARCH_ARM_TRAITS_H_

#include "arch/arch_traits.h"

namespace ftrace::arm {

bool IsA32Pad(const uint8_t* pad);
bool IsA32Lead(const uint8_t* text, size_t size, bool big_endian);
bool IsThumb2Pad(const uint8_t* pad);
bool IsThumb2Lead(const uint8_t* text, size_t size, bool big_endian);

inline constexpr size_t kPadSize = 4;

inline constexpr ArchTraits kA32Traits = {
    FTRACE_ISA_ARM_A32,
    "arm",
    40,  // EM_ARM
    kElfClass32,
    3,  // R_ARM_REL32
    0,
    kPadSize,
    0,
    4,
    4,
    4,
    {0x00, 0xf0, 0x20, 0xe3},  // nop
    IsA32Pad,
    IsA32Lead,
};

inline constexpr ArchTraits kThumb2Traits = {
    FTRACE_ISA_ARM_THUMB2,
    "thumb2",
    40,  // EM_ARM
    kElfClass32,
    3,  // R_ARM_REL32
    0,
    kPadSize,
    0,
    4,
    4,
    4,
    {0xaf, 0xf3, 0x00, 0x80},  // nop.w
    IsThumb2Pad,
    IsThumb2Lead,
};

}  // namespace ftrace::arm

#endif  // FTRACE_ARCH_ARM_TRAITS_H_
