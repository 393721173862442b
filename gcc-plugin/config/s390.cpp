// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {
namespace {

const ArchTraits* Traits() { return TARGET_64BIT ? FindArchTraits(FTRACE_ISA_S390X) : nullptr; }

const char* WhyOptionsIneligible() {
  // The option's nops come with the label, in front of all else. No other option is deferred.
  return s390_deferred_options != nullptr ? "-mhotpatch begins it with nops" : nullptr;
}

const char* WhyIneligible() {
  return lookup_attribute("hotpatch", DECL_ATTRIBUTES(cfun->decl)) != NULL_TREE
             ? "the attribute hotpatch begins it with nops"
             : nullptr;
}

unsigned PatchAreaNopSize() { return 2; }

}  // namespace

const BackEnd kBackEnd = {
    .traits = Traits,
    .why_options_ineligible = WhyOptionsIneligible,
    .why_ineligible = WhyIneligible,
    .patch_area_nop_size = PatchAreaNopSize,
};

}  // namespace ftrace
