// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a callback's `fregs` points to on x86_64: the trampoline's pushes, and above them what the
// pad's call and the caller's call have left on the stack. Nothing is copied to make it.
#ifndef FTRACE_ARCH_X86_64_REGS_H_
#define FTRACE_ARCH_X86_64_REGS_H_

#include <cstddef>

#include "arch/x86_64/asm_defs.h"

struct ftrace_regs {
  unsigned long rdi, rsi, rdx, rcx, r8, r9, rax, r10;
  unsigned long pad_return;          // pushed by the pad: the first byte behind it
  unsigned long parent;              // pushed by the caller; the stack pointer points here at entry
  unsigned long stack_arguments[1];  // as many as the function has
};

static_assert(offsetof(ftrace_regs, pad_return) == FTRACE_REGS_PAD_RETURN);
static_assert(offsetof(ftrace_regs, parent) == FTRACE_REGS_PARENT);
static_assert(FTRACE_REGS_PUSHED == FTRACE_REGS_PAD_RETURN);

#endif  // FTRACE_ARCH_X86_64_REGS_H_
