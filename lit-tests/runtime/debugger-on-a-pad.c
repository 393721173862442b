// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// gdb with a breakpoint on the pad of a function, while a tracer comes and goes: the breakpoint is
// hit, the program ends as without it, and events are lost only while it stands.
// RUN: %cc -O2 -g %plugin %include -I%S/Inputs %s %runtime -o %t
// RUN: %t | FileCheck %s --check-prefix=ALONE
// RUN: gdb -nx -batch -ex 'set breakpoint pending on' -ex 'break *f' -ex 'break stage' -ex run \
// RUN:   -ex continue -ex continue -ex continue -ex 'delete 1' -ex continue -ex continue \
// RUN:   %t 2>&1 | FileCheck %s --check-prefix=GDB
#include "counted_function.h"

/* Where gdb looks; the program prints how many calls were seen up to here. */
__attribute__((noinline)) FTRACE_NOTRACE void stage(int n) {
  printf("stage %d: calls %ld\n", n, calls);
}

FTRACE_NOTRACE int main(void) {
  struct ftrace_ops ops = {.func = count};
  setvbuf(stdout, NULL, _IONBF, 0);
  CHECK_EQ(f(1), 2);
  CHECK_EQ(register_ftrace_function(&ops), 0);
  CHECK_EQ(f(1), 2);
  stage(1);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  CHECK_EQ(register_ftrace_function(&ops), 0);
  CHECK_EQ(f(1), 2);
  stage(2);
  CHECK_EQ(ftrace_is_dead(), 0);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  CHECK_EQ(f(1), 2);
  printf("end\n");
  return 0;
}

// ALONE: stage 1: calls 1
// ALONE: stage 2: calls 2
// ALONE: end

// GDB: Breakpoint 1, {{.*}}f (
// GDB: Breakpoint 1, {{.*}}f (
// GDB: Breakpoint 2, {{.*}}stage (
// GDB: stage 1: calls
// GDB: stage 2: calls
// GDB: end
// GDB: exited normally
