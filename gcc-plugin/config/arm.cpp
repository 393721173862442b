// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {
namespace {

const ArchTraits* Traits() {
  // The traits are of little-endian code. ARMv4 has no bx, Thumb-1 no 32-bit nop.
  if (TARGET_BIG_END || TARGET_FDPIC || !arm_arch4t || TARGET_THUMB1) return nullptr;
  return FindArchTraits(TARGET_THUMB ? FTRACE_ISA_ARM_THUMB2 : FTRACE_ISA_ARM_A32);
}

const char* WhyIneligible() {
  // Reached through a veneer of the secure gateway, and scrubs all registers before it returns.
  return IS_CMSE_ENTRY(arm_current_func_type()) ? "it is entered from the non-secure state"
                                                : nullptr;
}

unsigned PatchAreaNopSize() { return TARGET_THUMB ? 2 : 4; }

const char* InstructionSetDirective() {
  return TARGET_THUMB ? "\t.syntax unified\n\t.thumb\n" : "\t.syntax unified\n\t.arm\n";
}

}  // namespace

const BackEnd kBackEnd = {
    .traits = Traits,
    .why_ineligible = WhyIneligible,
    .patch_area_nop_size = PatchAreaNopSize,
    .instruction_set_directive = InstructionSetDirective,
};

}  // namespace ftrace
