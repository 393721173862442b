// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/facts.h"

#include "arch/site.h"
#include "gcc-plugin/back_end.h"
#include "llvm-pass/symbol_names.h"

namespace ftrace {
namespace {

uint32_t StackClass(bool variadic) {
  // Unnamed arguments follow the named ones, and nobody knows how many.
  HOST_WIDE_INT size = 0;
  if (variadic || !crtl->args.size.is_constant(&size)) return FTRACE_STACK_UNKNOWN;
  size -= crtl->args.pretend_args_size + kBackEnd.argument_home_size();
  return ftrace_site_stack_class(size > 0 ? static_cast<uint64_t>(size) : 0);
}

bool IsVectorRegister(const_rtx value) {
  return value != nullptr && REG_P(value) &&
         !TEST_HARD_REG_BIT(reg_class_contents[GENERAL_REGS], REGNO(value));
}

// Whether an argument is in a register that is not a general one. Unused arguments count: the
// caller passes them.
bool HasVectorArguments(tree decl) {
  for (tree argument = DECL_ARGUMENTS(decl); argument != NULL_TREE;
       argument = DECL_CHAIN(argument)) {
    const_rtx place = DECL_INCOMING_RTL(argument);
    if (IsVectorRegister(place)) return true;
    if (place == nullptr || GET_CODE(place) != PARALLEL) continue;
    for (int part = 0; part < XVECLEN(place, 0); ++part) {
      if (IsVectorRegister(XEXP(XVECEXP(place, 0, part), 0))) return true;
    }
  }
  return false;
}

bool IsThunk(tree decl) {
  cgraph_node* node = cgraph_node::get(decl);
  if (node != nullptr && node->former_thunk_p()) return true;
  const char* name = IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl));
  return IsThunkName(name + (name[0] == '*'));  // "no further mangling"
}

// Who calls the body a second time would be noticed.
bool IsEntryOnly(function* fun) {
  return maybe_ne(crtl->args.pops_args, 0) || fun->calls_setjmp || fun->has_nonlocal_label ||
         crtl->calls_eh_return || (flags_from_decl_or_type(fun->decl) & ECF_RETURNS_TWICE) != 0;
}

}  // namespace

bool TakesFrameAddress(function* fun) {
  basic_block block;
  FOR_EACH_BB_FN(block, fun) {
    for (gimple_stmt_iterator at = gsi_start_bb(block); !gsi_end_p(at); gsi_next(&at)) {
      const gimple* statement = gsi_stmt(at);
      if (gimple_call_builtin_p(statement, BUILT_IN_RETURN_ADDRESS) ||
          gimple_call_builtin_p(statement, BUILT_IN_FRAME_ADDRESS)) {
        return true;
      }
    }
  }
  return false;
}

uint32_t FactsOf(function* fun, bool takes_frame_address) {
  const bool variadic = stdarg_p(TREE_TYPE(fun->decl));
  return ftrace_site_make_kind(IsThunk(fun->decl) ? FTRACE_KIND_ENTRY_THUNK : FTRACE_KIND_ENTRY) |
         ftrace_site_make_stack_args(StackClass(variadic)) | ftrace_site_make_variadic(variadic) |
         ftrace_site_make_vector_args(variadic || HasVectorArguments(fun->decl)) |
         ftrace_site_make_may_unwind(flag_exceptions && !crtl->nothrow) |
         ftrace_site_make_wide_reg_args(kBackEnd.has_wide_register_arguments()) |
         ftrace_site_make_static_chain(DECL_STATIC_CHAIN(fun->decl)) |
         ftrace_site_make_compiler(FTRACE_COMPILER_GCC) |
         ftrace_site_make_entry_only(takes_frame_address || IsEntryOnly(fun));
}

}  // namespace ftrace
