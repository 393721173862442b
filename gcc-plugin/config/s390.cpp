// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {

const ArchTraits* TargetTraits() {
  return TARGET_64BIT ? FindArchTraits(FTRACE_ISA_S390X) : nullptr;
}

const char* TargetWhyIneligible() {
  // -mhotpatch: its nops come with the label, in front of all else.
  const bool hotpatch = s390_deferred_options != nullptr ||
                        lookup_attribute("hotpatch", DECL_ATTRIBUTES(cfun->decl)) != NULL_TREE;
  return hotpatch ? "it begins with the nops of hotpatch" : nullptr;
}

const char* TakeLandingPad(rtx_insn*) { return nullptr; }

int64_t ArgumentHomeSize() { return 0; }

bool HasWideRegisterArguments() { return false; }

bool IsIntelSyntax() { return false; }

bool IsPatchAreaInstruction() { return false; }

}  // namespace ftrace
