// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {
namespace {

const ArchTraits* Traits() {
  // Pointers of another size are another ELF class; the pad writes x9.
  if (TARGET_ILP32 || global_regs[R9_REGNUM] || fixed_regs[R9_REGNUM]) return nullptr;
  return FindArchTraits(FTRACE_ISA_AARCH64);
}

const char* TakeLandingPad(rtx_insn* first) {
  if (!aarch64_bti_enabled() || cgraph_node::get(cfun->decl)->only_called_directly_p()) {
    return nullptr;
  }
  // Else paciasp is the landing pad. It stays behind the pad, which wants the link register
  // unsigned.
  if (first != nullptr && GET_CODE(PATTERN(first)) == UNSPEC_VOLATILE &&
      XINT(PATTERN(first), 1) == UNSPECV_BTI_C) {
    delete_insn(first);
  }
  return "hint\t34 // bti c";
}

}  // namespace

const BackEnd kBackEnd = {
    .traits = Traits,
    .take_landing_pad = TakeLandingPad,
};

}  // namespace ftrace
