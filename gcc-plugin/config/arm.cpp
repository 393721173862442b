// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {

const ArchTraits* TargetTraits() {
  // The traits are of little-endian code. ARMv4 has no bx, Thumb-1 no 32-bit nop.
  if (TARGET_BIG_END || TARGET_FDPIC || !arm_arch4t || TARGET_THUMB1) return nullptr;
  return FindArchTraits(TARGET_THUMB ? FTRACE_ISA_ARM_THUMB2 : FTRACE_ISA_ARM_A32);
}

const char* OptionsWhyIneligible() { return nullptr; }

const char* TargetWhyIneligible() {
  // Reached through a veneer of the secure gateway, and scrubs all registers before it returns.
  return IS_CMSE_ENTRY(arm_current_func_type()) ? "it is entered from the non-secure state"
                                                : nullptr;
}

const char* TakeLandingPad(rtx_insn*) { return nullptr; }

int64_t ArgumentHomeSize() { return 0; }

bool HasWideRegisterArguments() { return false; }

bool IsIntelSyntax() { return false; }

bool IsPatchAreaInstruction() { return false; }

unsigned PatchAreaNopSize() { return TARGET_THUMB ? 2 : 4; }

const char* InstructionSetDirective() {
  return TARGET_THUMB ? "\t.syntax unified\n\t.thumb\n" : "\t.syntax unified\n\t.arm\n";
}

}  // namespace ftrace
