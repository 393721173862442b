// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Nested functions of i386 run, by name and through trampolines, however many arguments are in
// registers: with three the chain is on the stack, and a trampoline enters behind the first byte.
// RUN: for flags in -O0 -O2 "-O2 -DREGPARM=1" "-O2 -DREGPARM=2" "-O2 -DREGPARM=3" "-O0 -DREGPARM=3" \
// RUN:     "-O2 -DREGPARM=3 -fcf-protection"; do \
// RUN:   %cc_i386 %plugin $flags -ffreestanding -nostdlib -static -Wl,-z,execstack %s -o %t || exit 1; \
// RUN:   %t || { echo "with $flags"; exit 1; }; \
// RUN: done
static long sys(long n, long a) {
  long r;
  __asm__ volatile("int $0x80" : "=a"(r) : "0"(n), "b"(a) : "memory");
  return r;
}
#ifndef REGPARM
#define REGPARM 0
#endif
typedef int(__attribute__((regparm(REGPARM))) * Fn)(int, int, int);
__attribute__((noinline)) int Apply(Fn f, int x) { return f(x, 2, 3); }
__attribute__((noinline)) int Parent(int base) {
  int sum = 0;
  __attribute__((noinline, regparm(REGPARM))) int Inner(int x, int y, int z) {
    sum += x;
    return base + x + 10 * y + 100 * z;
  }
  const int direct = Inner(1, 2, 3), through = Apply(Inner, 5);
  return direct + through + sum;
}
void _start(void) { sys(1, Parent(1000) != 2000 + 1 + 5 + 40 + 600 + 6); }
