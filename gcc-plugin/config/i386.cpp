// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/back_end.h"

namespace ftrace {
namespace {

const ArchTraits* Traits() {
  // The bytes of the pad are another instruction in 16-bit code; x32 is another ELF class.
  if (TARGET_16BIT || TARGET_X32) return nullptr;
  return FindArchTraits(TARGET_64BIT ? FTRACE_ISA_X86_64 : FTRACE_ISA_I386);
}

const char* WhyIneligible() {
  if (ix86_function_type_abi(TREE_TYPE(cfun->decl)) != SYSV_ABI && TARGET_64BIT) {
    return "its calling convention is not that of C";
  }
  // Its first instruction, which patchers of Windows programs look for, comes with the label.
  if (lookup_attribute("ms_hook_prologue", DECL_ATTRIBUTES(cfun->decl)) != NULL_TREE) {
    return "the attribute ms_hook_prologue begins it with an instruction of its own";
  }
  // With three register arguments the static chain is pushed: trampolines enter such a function
  // behind its first instruction, the push, which is one byte and must come first.
  if (!TARGET_64BIT && DECL_STATIC_CHAIN(cfun->decl) && ix86_static_chain_on_stack) {
    return "its static chain is on the stack";
  }
  return nullptr;
}

const char* TakeLandingPad(rtx_insn* first) {
  const char* text = TARGET_64BIT ? "endbr64" : "endbr32";
  // With -mfentry the function that prints the call prints the landing pad as well.
  if (cfun->machine->insn_queued_at_entrance == TYPE_ENDBR) {
    cfun->machine->insn_queued_at_entrance =
        crtl->patch_area_size > crtl->patch_area_entry ? TYPE_PATCHABLE_AREA : TYPE_NONE;
    return text;
  }
  if (first == nullptr || GET_CODE(PATTERN(first)) != UNSPEC_VOLATILE ||
      XINT(PATTERN(first), 1) != UNSPECV_NOP_ENDBR) {
    return nullptr;
  }
  delete_insn(first);
  return text;
}

bool HasWideRegisterArguments() {
  if (TARGET_64BIT) return false;
  // A function whose callers are all known takes arguments in registers without being told.
  const cgraph_node* node = cgraph_node::local_info_node(cfun->decl);
  if (node != nullptr && node->local && optimize) return true;
  return ix86_regparm != 0 || TARGET_SSEREGPARM ||
         ix86_get_callcvt(TREE_TYPE(cfun->decl)) != IX86_CALLCVT_CDECL;
}

bool IsIntelSyntax() { return ASSEMBLER_DIALECT == ASM_INTEL; }

unsigned PatchAreaNopSize() { return 1; }

}  // namespace

const BackEnd kBackEnd = {
    .traits = Traits,
    .why_ineligible = WhyIneligible,
    .take_landing_pad = TakeLandingPad,
    .has_wide_register_arguments = HasWideRegisterArguments,
    .is_intel_syntax = IsIntelSyntax,
    .is_patch_area_instruction = true,
    .patch_area_nop_size = PatchAreaNopSize,
};

}  // namespace ftrace
