// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// GCC tells callers which registers a function of the same unit touches, and how far it needs the
// stack aligned. A tracer touches all that the convention lets it, and wants the stack as aligned as
// the convention says: what a caller keeps survives it, whatever switches these optimisations on.
// RUN: for flags in -O1 -O2 -O3 "-O2 -fno-ipa-ra" "-O2 -fno-ipa-stack-alignment" "-O2 -flto" \
// RUN:     "-Os -flto" "-O2 -fno-omit-frame-pointer" "-O1 -DOPTIMIZED" \
// RUN:     "-O2 -DOPTIMIZED -fno-ipa-ra -fno-ipa-stack-alignment"; do \
// RUN:   %cc %plugin $flags %s %include -I%S/../Inputs %runtime -o %t || exit 1; \
// RUN:   %t || { echo "with $flags"; exit 1; }; \
// RUN: done
#include "check.h"

#ifdef OPTIMIZED
#define OPTIONS __attribute__((optimize("O3", "ipa-ra", "ipa-stack-alignment")))
#else
#define OPTIONS
#endif

static unsigned long calls, misaligned;

// Of its own file scope: where the compiler cannot see what it touches.
FTRACE_NOTRACE void Callback(unsigned long, unsigned long, struct ftrace_ops*, struct ftrace_regs*);
FTRACE_NOTRACE __attribute__((used)) void Count(unsigned long frame) {
  ++calls;
  // The return address has just been pushed.
  misaligned += (frame + 8) % 16 != 0;
}
__asm__(
    ".pushsection .text\n"
    "Callback:\n"
    "  mov %rsp, %rdi\n"
    "  push %rbp\n"
    "  mov %rsp, %rbp\n"
    "  and $-16, %rsp\n"
    "  call Count\n"
    "  leave\n"
    "  .irp i, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
    "  pcmpeqd %xmm\\i, %xmm\\i\n"
    "  .endr\n"
    "  .irp r, rax,rcx,rdx,rsi,rdi,r8,r9,r10,r11\n"
    "  mov $-7, %\\r\n"
    "  .endr\n"
    "  stc\n"
    "  ret\n"
    ".popsection\n");

long state;
double real_state;

// Touch little.
OPTIONS TRACED static long Callee(long x) {
  state = x;
  return x + 3;
}
OPTIONS TRACED static double RealCallee(double x) {
  real_state = x;
  return x + 3;
}

// Have more to keep than a callee has arguments; one calls with an even, one with an odd number of
// words on the stack.
OPTIONS TRACED long Caller(long a, long b, long c, long d, long e, long f) {
  const long g = a * b, h = b * c, i = c * d, j = d * e, k = e * f;
  const long result = Callee(a);
  return result + a * g + b * h + c * i + d * j + e * k + f;
}
OPTIONS TRACED long ShortCaller(long a, long b) { return Callee(a) + Callee(b); }
OPTIONS TRACED double RealCaller(double a, double b, double c, double d, double e, double f) {
  const double g = a * b, h = b * c, i = c * d, j = d * e, k = e * f;
  const double result = RealCallee(a);
  return result + a * g + b * h + c * i + d * j + e * k + f;
}

static FTRACE_NOTRACE void CheckAll(void) {
  CHECK_EQ(Caller(1, 2, 3, 4, 5, 6), 4 + 2 + 12 + 36 + 80 + 150 + 6);
  CHECK_EQ(ShortCaller(10, 20), 36);
  CHECK(RealCaller(1, 2, 3, 4, 5, 6) == 4 + 2 + 12 + 36 + 80 + 150 + 6);
}

FTRACE_NOTRACE int main(void) {
  static struct ftrace_ops ops = {.func = Callback};
  CheckAll();
  CHECK_EQ(register_ftrace_function(&ops), 0);
  CheckAll();
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  // Three callers, four calls of theirs.
  CHECK_EQ(calls, 7);
  CHECK_EQ(misaligned, 0);
  CheckAll();
  return 0;
}
