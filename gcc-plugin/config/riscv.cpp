// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {
namespace {

const ArchTraits* Traits() {
  // RV64E has half of the registers, and another convention; the pad writes t0.
  constexpr int kT0 = 5;
  if (!TARGET_64BIT || TARGET_RVE || global_regs[kT0] || fixed_regs[kT0]) return nullptr;
  return FindArchTraits(FTRACE_ISA_RISCV64);
}

unsigned PatchAreaNopSize() { return TARGET_RVC ? 2 : 4; }

}  // namespace

const BackEnd kBackEnd = {
    .traits = Traits,
    .patch_area_nop_size = PatchAreaNopSize,
};

}  // namespace ftrace
