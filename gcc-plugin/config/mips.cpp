// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {
namespace {

const ArchTraits* Traits() {
  // Each function is compiled in a mode of its own; before the first that of the options is unset.
  const unsigned mode = cfun != nullptr ? target_flags : mips_base_compression_flags;
  if ((mode & (MASK_MIPS16 | MASK_MICROMIPS)) != 0) return nullptr;
  switch (mips_abi) {
    case ABI_32:
      return FindArchTraits(FTRACE_ISA_MIPS32);
    case ABI_64:
      return FindArchTraits(FTRACE_ISA_MIPS64);
    default:
      return nullptr;
  }
}

// o32: four words.
int64_t ArgumentHomeSize() { return mips_abi == ABI_32 ? 16 : 0; }

}  // namespace

const BackEnd kBackEnd = {
    .traits = Traits,
    .argument_home_size = ArgumentHomeSize,
};

}  // namespace ftrace
