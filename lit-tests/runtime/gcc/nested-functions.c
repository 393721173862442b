// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A nested function finds its parent's variables behind a tracer: called by name, through a
// trampoline on the stack, from a nested function of its own, and when it leaves by goto.
// RUN: for flags in -O0 -O2 -Os "-O2 -fcf-protection" "-O2 -mcmodel=large" "-O2 -flto"; do \
// RUN:   %cc %plugin $flags %s %include -I%S/../Inputs %runtime -Wl,-z,execstack -o %t || exit 1; \
// RUN:   %t || { echo "with $flags"; exit 1; }; \
// RUN: done
#include "check.h"

static unsigned long callbacks;

static FTRACE_NOTRACE void Callback(unsigned long ip, unsigned long parent, struct ftrace_ops* ops,
                                    struct ftrace_regs* regs) {
  (void)ip, (void)parent, (void)ops, (void)regs;
  ++callbacks;
  __asm__ volatile("mov $-7, %%r10\n mov $-7, %%r11" ::: "r10", "r11");
}

TRACED long Apply(long (*function)(long), long x) { return function(x); }

TRACED long Parent(long base) {
  __label__ out;
  long sum = 0;
  TRACED long Add(long x) {
    TRACED long Twice(long y) { return 2 * y + base; }
    sum += x;
    return Twice(x) + Apply(Twice, x);
  }
  TRACED long Leave(long x) {
    if (x == base) goto out;
    return x;
  }
  sum += Add(1);
  sum += Apply(Add, 2);
  sum += Apply(Leave, 3);
  Apply(Leave, base);
  return -1;
out:
  return sum;
}

FTRACE_NOTRACE int main(void) {
  static struct ftrace_ops ops = {.func = Callback};
  const long expected = (1 + 4 + 200) + (2 + 8 + 200) + 3;
  CHECK_EQ(Parent(100), expected);
  CHECK_EQ(register_ftrace_function(&ops), 0);
  CHECK_EQ(Parent(100), expected);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  // Parent, Add and two calls of Twice each, Leave, and what applies them.
  CHECK_EQ(callbacks, 1 + 2 * 3 + 2 + 5);
  CHECK_EQ(Parent(100), expected);
  return 0;
}
