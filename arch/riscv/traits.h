// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RISC-V, what is odd in it:
//  * Compressed instructions make every address even only: the pad is built without them and
//    functions are aligned to 4. Offsets in an object are not final, because linkers relax code;
//    the pad itself is not relaxed.
//  * `jal` reaches +-1 MiB only. The constant auipc in front of the live instruction makes the
//  upper
//    half of the address of the module's __ftrace_gate; the live instruction becomes
//    `jalr t0, lo(t0)` and reaches +-2 GiB.
//  * Instruction caches need a fence.i on every hart (membarrier SYNC_CORE).
//  * t0 and t1 carry no argument; t2 is the static chain.
//  * A landing pad is `lpad`, an auipc to x0.
#ifndef FTRACE_ARCH_RISCV_TRAITS_H_
#define FTRACE_ARCH_RISCV_TRAITS_H_

#include "arch/arch_traits.h"

namespace ftrace::riscv {

bool IsPad(const uint8_t* pad);
bool IsLead(const uint8_t* text, size_t size, bool big_endian);
bool ReachesGate(const uint8_t* pad, uint64_t address, uint64_t gate);

inline constexpr size_t kPadSize = 8;

inline constexpr ArchTraits kTraits = {
    FTRACE_ISA_RISCV64,
    "riscv64",
    243,  // EM_RISCV
    kElfClass64,
    35,  // R_RISCV_ADD32
    39,  // R_RISCV_SUB32
    kPadSize,
    4,
    4,
    4,
    4,
    {0x97, 0x02, 0x00, 0x00, 0x13, 0x00, 0x00, 0x00},  // auipc t0, %pcrel_hi(gate); nop
    IsPad,
    IsLead,
    true,
    ReachesGate,
};

}  // namespace ftrace::riscv

#endif  // FTRACE_ARCH_RISCV_TRAITS_H_
