// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {

const ArchTraits* TargetTraits() {
  // RV64E has half of the registers, and another convention; the pad writes t0.
  constexpr int kT0 = 5;
  if (!TARGET_64BIT || TARGET_RVE || global_regs[kT0] || fixed_regs[kT0]) return nullptr;
  return FindArchTraits(FTRACE_ISA_RISCV64);
}

const char* OptionsWhyIneligible() { return nullptr; }

const char* TargetWhyIneligible() { return nullptr; }

const char* TakeLandingPad(rtx_insn*) { return nullptr; }

int64_t ArgumentHomeSize() { return 0; }

bool HasWideRegisterArguments() { return false; }

bool IsIntelSyntax() { return false; }

bool IsPatchAreaInstruction() { return false; }

unsigned PatchAreaNopSize() { return TARGET_RVC ? 2 : 4; }

const char* InstructionSetDirective() { return ""; }

}  // namespace ftrace
