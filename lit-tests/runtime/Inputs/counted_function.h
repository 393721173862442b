/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* A traced function, and a callback that counts its calls. */
#ifndef FTRACE_LIT_TESTS_COUNTED_FUNCTION_H_
#define FTRACE_LIT_TESTS_COUNTED_FUNCTION_H_

#include "check.h"

static long calls;

FTRACE_NOTRACE static void count(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                                 struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)ops, (void)fregs;
  ++calls;
}

TRACED int f(int a) {
  __asm__ volatile("");
  return a + 1;
}

#endif
