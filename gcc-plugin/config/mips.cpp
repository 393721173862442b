// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {

const ArchTraits* TargetTraits() {
  if (TARGET_MIPS16 || TARGET_MICROMIPS) return nullptr;
  switch (mips_abi) {
    case ABI_32:
      return FindArchTraits(FTRACE_ISA_MIPS32);
    case ABI_64:
      return FindArchTraits(FTRACE_ISA_MIPS64);
    default:
      return nullptr;
  }
}

const char* TargetWhyIneligible() { return nullptr; }

const char* TakeLandingPad(rtx_insn*) { return nullptr; }

// o32: four words.
int64_t ArgumentHomeSize() { return mips_abi == ABI_32 ? 16 : 0; }

bool HasWideRegisterArguments() { return false; }

bool IsIntelSyntax() { return false; }

bool IsPatchAreaInstruction() { return false; }

}  // namespace ftrace
