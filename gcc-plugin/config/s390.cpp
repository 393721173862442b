// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {

const ArchTraits* TargetTraits() {
  return TARGET_64BIT ? FindArchTraits(FTRACE_ISA_S390X) : nullptr;
}

const char* OptionsWhyIneligible() {
  // The option's nops come with the label, in front of all else. No other option is deferred.
  return s390_deferred_options != nullptr ? "-mhotpatch begins it with nops" : nullptr;
}

const char* TargetWhyIneligible() {
  return lookup_attribute("hotpatch", DECL_ATTRIBUTES(cfun->decl)) != NULL_TREE
             ? "the attribute hotpatch begins it with nops"
             : nullptr;
}

const char* TakeLandingPad(rtx_insn*) { return nullptr; }

int64_t ArgumentHomeSize() { return 0; }

bool HasWideRegisterArguments() { return false; }

bool IsIntelSyntax() { return false; }

bool IsPatchAreaInstruction() { return false; }

unsigned PatchAreaNopSize() { return 2; }

const char* InstructionSetDirective() { return ""; }

}  // namespace ftrace
