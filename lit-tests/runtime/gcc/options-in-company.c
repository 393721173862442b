// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Options and constructs that take part in calls, or want something at a function's entry: the
// program does the same with all pads off and on.
// RUN: for flags in -O0 -O2 -O3 "-O2 -fcf-protection" "-O2 -fsanitize=address" "-O2 -fsanitize=undefined" \
// RUN:     "-O2 -fstack-clash-protection" "-O2 -mindirect-branch=thunk -mfunction-return=thunk" "-O2 -fno-plt" \
// RUN:     "-O2 -fno-omit-frame-pointer" "-O2 -fopenmp" "-O2 -fopenmp -flto" "-O2 -fprofile-generate=%t.profile" \
// RUN:     "-O2 -fno-pie -no-pie" "-O2 -static-pie -fPIE" "-O2 -masm=intel" "-O2 -fstack-protector-all" \
// RUN:     "-O2 -finstrument-functions" "-O2 -mcmodel=large" "-O2 -fnon-call-exceptions -fexceptions"; do \
// RUN:   case "$flags" in *static*) runtime='%runtime_archive';; *) runtime='%runtime';; esac; \
// RUN:   %cc %plugin $flags %s %include -I%S/../Inputs $runtime -o %t || exit 1; \
// RUN:   %t || { echo "with $flags"; exit 1; }; \
// RUN: done
#include <setjmp.h>
#include <stdarg.h>

#include "check.h"

static unsigned long callbacks;

static FTRACE_NOTRACE void Callback(unsigned long ip, unsigned long parent, struct ftrace_ops* ops,
                                    struct ftrace_regs* regs) {
  (void)ip, (void)parent, (void)ops, (void)regs;
  __atomic_add_fetch(&callbacks, 1, __ATOMIC_RELAXED);
}

static jmp_buf buffer;
TRACED int Jump(int x) {
  if (x > 3) longjmp(buffer, x);
  return x;
}
TRACED int CallsSetjmp(int x) {
  const int value = setjmp(buffer);
  return value != 0 ? value : Jump(x);
}

TRACED int Weighted(int a, int b, int c) { return a + 2 * b + 3 * c; }
TRACED int Forward(int a, int b, int c) {
  (void)a, (void)b, (void)c;
  __builtin_return(__builtin_apply((void (*)())Weighted, __builtin_apply_args(), 64));
}

TRACED int Computed(int x) {
  static const void* const labels[] = {&&one, &&two, &&four};
  int sum = 0;
  goto* labels[x % 3];
one:
  sum += 1;
two:
  sum += 2;
four:
  return sum + 4;
}

TRACED int Variadic(int count, ...) {
  va_list list;
  int sum = 0;
  va_start(list, count);
  while (count-- > 0) sum += va_arg(list, int);
  va_end(list);
  return sum;
}

TRACED int BigFrame(int x) {
  volatile char frame[40000];
  frame[x] = (char)x;
  return frame[x];
}

TRACED int Parallel(int count) {
  int sum = 0;
#pragma omp parallel for reduction(+ : sum)
  for (int i = 0; i < count; ++i) sum += i;
  return sum;
}

TRACED void* ReturnAddress(void) { return __builtin_return_address(0); }

static FTRACE_NOTRACE void CheckAll(void) {
  CHECK_EQ(CallsSetjmp(2), 2);
  CHECK_EQ(CallsSetjmp(7), 7);
  CHECK_EQ(Forward(1, 2, 3), 14);
  CHECK_EQ(Computed(0), 7);
  CHECK_EQ(Computed(1), 6);
  CHECK_EQ(Computed(2), 4);
  CHECK_EQ(Variadic(3, 1, 2, 3), 6);
  CHECK_EQ(BigFrame(77), 77);
  CHECK_EQ(Parallel(100), 4950);
  CHECK((char*)ReturnAddress() > (char*)CheckAll);
}

FTRACE_NOTRACE int main(void) {
  static struct ftrace_ops ops = {.func = Callback};
  CheckAll();
  CHECK_EQ(register_ftrace_function(&ops), 0);
  CheckAll();
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  CHECK(callbacks >= 13);
  CheckAll();
  return 0;
}
