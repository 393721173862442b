// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Functions of every shape a prologue has, for the matrix of each target. N keeps the names of two
// objects apart.
#include <stdarg.h>

#define JOIN(name, suffix) name##suffix
#define EXPAND(name, suffix) JOIN(name, suffix)
#define NAMED(name) EXPAND(name, N)
#define LOCAL static __attribute__((noinline))

int External(int);
int ExternalOfMany(int, int, int, int, int, int, int, int, int, int);
double ExternalDouble(double);
static volatile int variable;

void NAMED(Empty)(void) {}

int NAMED(Leaf)(int x) { return x + 1; }

void NAMED(Loop)(int n) {
  do {
    variable += External(n);
  } while (n-- > 0);
}

// Larger than what an add instruction can take as an immediate.
int NAMED(BigFrame)(int x) {
  volatile char array[70000];
  array[x] = 1;
  return External(array[0]);
}

int NAMED(TailCall)(int x) { return External(x); }

int NAMED(Recursion)(int x) { return x == 0 ? variable : NAMED(Recursion)(x - 1) + variable; }

double NAMED(Floating)(double x, float y, int z) { return ExternalDouble(x * y) + z; }

int NAMED(Variadic)(int count, ...) {
  va_list list;
  int sum = 0;
  va_start(list, count);
  while (count-- > 0) sum += va_arg(list, int);
  va_end(list);
  return sum;
}

// Locals get their arguments in more registers than C has for them.
LOCAL int NAMED(Ten)(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) {
  return ExternalOfMany(j, i, h, g, f, e, d, c, b, a) + variable;
}
LOCAL int NAMED(Fourteen)(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j,
                          int k, int l, int m, int n) {
  return ExternalOfMany(a, b, c, d, e, f, g, h, i, j) + External(k * l + m * n);
}
int NAMED(CallLocals)(int x) {
  return NAMED(Ten)(x, 2, variable, 4, variable, 6, variable, 8, 9, variable) +
         NAMED(Fourteen)(x, variable, 3, variable, 5, variable, 7, variable, 9, variable, 11,
                         variable, 13, variable);
}

// A table of jumps.
int NAMED(Switch)(int x) {
  switch (x) {
    case 0:
      return External(4);
    case 1:
      return External(9);
    case 2:
      return variable;
    case 3:
      return External(variable);
    case 4:
      return 70;
    default:
      return -1;
  }
}
