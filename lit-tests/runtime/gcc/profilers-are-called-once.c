// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// With -pg the pad comes before the profiler's call, and the call is there once: counted by a program
// that is its own profiler, with all pads off and on.
// RUN: for flags in "-pg" "-pg -mfentry" "-pg -mfentry -fcf-protection" "-pg -fcf-protection" \
// RUN:     "-pg -mfentry -fcf-protection -fpatchable-function-entry=3"; do \
// RUN:   %cc %plugin -O2 $flags -c %s %include -I%S/../Inputs -o %t.o || exit 1; \
// RUN:   %cc %t.o %runtime -o %t && %t || { echo "with $flags"; exit 1; }; \
// RUN:   %check_sites %t > %t.txt && FileCheck %s < %t.txt || { echo "with $flags"; exit 1; }; \
// RUN: done
// CHECK-DAG: pad Callee at=
// CHECK-DAG: pad Caller at=
#include "check.h"

volatile unsigned long calls;
static unsigned long callbacks;

// All registers are the callee's arguments.
__asm__(
    ".pushsection .text\n"
    "mcount:\n"
    "__fentry__:\n"
    "  incq calls(%rip)\n"
    "  ret\n"
    ".globl mcount, __fentry__\n"
    ".popsection\n");

static FTRACE_NOTRACE void Callback(unsigned long ip, unsigned long parent, struct ftrace_ops* ops,
                                    struct ftrace_regs* regs) {
  (void)ip, (void)parent, (void)ops, (void)regs;
  ++callbacks;
}

TRACED long Callee(long x) {
  __asm__ volatile("" ::: "memory");  // calls cannot be left out
  return x + 1;
}
TRACED long Caller(long x) { return Callee(x) + Callee(x + 1); }

FTRACE_NOTRACE int main(void) {
  static struct ftrace_ops ops = {.func = Callback};
  calls = 0;
  CHECK_EQ(Caller(1), 5);
  CHECK_EQ(calls, 3);
  CHECK_EQ(register_ftrace_function(&ops), 0);
  calls = 0;
  CHECK_EQ(Caller(1), 5);
  CHECK_EQ(calls, 3);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  CHECK_EQ(callbacks, 3);
  return 0;
}
