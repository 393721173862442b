// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {
namespace {

const ArchTraits* Traits() {
  // ELFv1: the symbol of a function is not in its code.
  if (!TARGET_64BIT || BYTES_BIG_ENDIAN || DEFAULT_ABI != ABI_ELFv2) return nullptr;
  return FindArchTraits(FTRACE_ISA_PPC64LE);
}

const char* WhyOptionsIneligible() {
  // The call comes with the label, in front of all else.
  return TARGET_PROFILE_KERNEL && profile_flag ? "-mprofile-kernel begins it with a call of _mcount"
                                               : nullptr;
}

// ELFv2: eight doublewords, where anything is on the stack.
int64_t ArgumentHomeSize() { return 64; }

}  // namespace

const BackEnd kBackEnd = {
    .traits = Traits,
    .why_options_ineligible = WhyOptionsIneligible,
    .argument_home_size = ArgumentHomeSize,
};

}  // namespace ftrace
