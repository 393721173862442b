/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* One function for every way to be called. Without headers of a C library unless HOSTED. */
#include <stdarg.h>

#include "known.h"

#ifdef HOSTED
#include <setjmp.h>
#endif

struct Big {
  long words[12];
};
struct Pair {
  double x;
  int y;
};
typedef float Float4 __attribute__((vector_size(16)));

NOINLINE void Nothing(void) { __asm__ volatile(""); }

NOINLINE int One(int x) { return x + 1; }

NOINLINE long long Wide(int a, long long b, int c, long long d) { return a + b * 3 - c * d; }

NOINLINE double Floats(float a, double b, int c, float d) { return a * 2 + b * 4 + c * 8 + d; }

NOINLINE double ManyDoubles(double a, double b, double c, double d, double e, double f, double g,
                            double h, double i, double j) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j;
}

NOINLINE long Eight(long a, long b, long c, long d, long e, long f, long g, long h) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h;
}

NOINLINE long Ten(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j;
}

NOINLINE long Fourteen(long a, long b, long c, long d, long e, long f, long g, long h, long i,
                       long j, long k, long l, long m, long n) {
  return Ten(n, m, l, k, j, i, h, g, f, e) + a - 2 * b + 3 * c - 4 * d;
}

/* A convention of the compiler's own where it optimises. */
static NOINLINE long Local(long a, long b, long c, long d, long e, long f, long g, long h, long i,
                           long j, long k, long l, long m, long n) {
  __asm__ volatile("");
  return (a ^ 2 * b) + (c ^ 4 * d) + (e ^ 6 * f) + (g ^ 8 * h) + (i ^ 10 * j) + (k ^ 12 * l) +
         (m ^ 14 * n);
}

NOINLINE double Variadic(int count, ...) {
  va_list list;
  va_start(list, count);
  double sum = 0;
  for (int i = 0; i < count; ++i) sum += i % 2 ? va_arg(list, double) : va_arg(list, int);
  va_end(list);
  return sum;
}

NOINLINE struct Big MakeBig(long seed) {
  struct Big big;
  for (int i = 0; i < 12; ++i) big.words[i] = seed * i;
  return big;
}

NOINLINE long TakeBig(struct Big big, int index) { return big.words[index] - big.words[1]; }

NOINLINE struct Pair SwapPair(struct Pair pair) {
  const struct Pair result = {pair.y, (int)pair.x};
  return result;
}

NOINLINE float Vector(Float4 a, Float4 b) {
  const Float4 sum = a + b * a;
  return sum[0] + sum[1] * 2 + sum[2] * 3 + sum[3] * 4;
}

NOINLINE int Fibonacci(int n) { return n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2); }

NOINLINE long BigFrame(int n) {
  volatile long numbers[40000];
  for (int i = 0; i < 40000; i += 97) numbers[i] = i ^ n;
  long sum = 0;
  for (int i = 0; i < 40000; i += 97) sum += numbers[i];
  return sum;
}

NOINLINE long AlignedFrame(int n) {
  volatile long numbers[8] __attribute__((aligned(256)));
  for (int i = 0; i < 8; ++i) numbers[i] = i * n;
  return numbers[n & 7] + ((uintptr_t)numbers & 255 ? 1000 : 0);
}

NOINLINE long Dynamic(int n) {
  volatile char bytes[n];
  for (int i = 0; i < n; ++i) bytes[i] = (char)(i * 3);
  return bytes[n / 2] + bytes[n - 1];
}

NOINLINE int Switch(int n) {
  switch (n) {
    case 0:
      return One(10);
    case 1:
      return 200;
    case 2:
      return One(n * 7);
    case 3:
      return 17;
    case 4:
      return Fibonacci(n);
    case 5:
      return -n;
    default:
      return 0;
  }
}

/* Its first block is a loop header. */
NOINLINE int Loop(const char* text) {
  const char* end = text;
  do {
  } while (*end++);
  return (int)(end - text);
}

typedef long (*Function)(long);
NOINLINE long Indirect(Function function, long x) { return function(x) * 2; }
static NOINLINE long Callback(long x) { return x - 5; }

#ifndef __clang__
/* Nested functions find their frame through a register of their own. */
NOINLINE long Nest(long n) {
  long sum = n;
  auto long Add(long x) __asm__("NestedAdd");
  auto double AddMany(double b, long a, long c, long d, long e, long f, long g, long h, long i,
                      double j) __asm__("NestedAddMany");
  __attribute__((noipa)) long Add(long x) {
    sum += x;
    return n;
  }
  __attribute__((noipa)) double AddMany(double b, long a, long c, long d, long e, long f, long g,
                                        long h, long i, double j) {
    sum += a + 2 * c + 3 * d + 4 * e + 5 * f + 6 * g + 7 * h + 8 * i;
    return b + j * Add(n);
  }
  long result = 0;
  for (long i = 0; i < 5; ++i) result += Add(i) * i;
  return result + (long)AddMany(2.5, 1, 3, 4, 5, 6, 7, 8, 9, 10.5) + sum;
}
void NestedAdd(void);
void NestedAddMany(void);
#endif

#ifdef HOSTED
static jmp_buf environment;

NOINLINE void Jump(int n) {
  if (n == 0) longjmp(environment, 7);
  Jump(n - 1);
  __asm__ volatile("");
}

NOINLINE int SetJump(int n) {
  const int result = setjmp(environment);
  if (result == 0) Jump(n);
  return result * 100;
}
#endif

NOINLINE void CallC(void) {
  struct Pair pair = {3.5, 8};
  const Float4 a = {1, 2, 3, 4}, b = {0.5f, 0.25f, 2, 1};
  Nothing();
  Report("One", One(41));
  Report("Wide", Wide(1, 1LL << 40, 3, -5));
  Report("Floats", (long long)Floats(1.5f, 2.25, 3, 4.5f));
  Report("ManyDoubles", (long long)ManyDoubles(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  Report("Eight", Eight(1, 2, 3, 4, 5, 6, 7, 8));
  Report("Ten", Ten(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  Report("Fourteen", Fourteen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
  Report("Local", Local(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
  Report("Variadic", (long long)Variadic(9, 1, 2.0, 3, 4.0, 5, 6.0, 7, 8.0, 9));
  Report("Big", TakeBig(MakeBig(13), 9));
  pair = SwapPair(pair);
  Report("Pair", (long long)(pair.x * 100) + pair.y);
  Report("Vector", (long long)(Vector(a, b) * 16));
  Report("Fibonacci", Fibonacci(12));
  Report("BigFrame", BigFrame(3));
  Report("AlignedFrame", AlignedFrame(5));
  Report("Dynamic", Dynamic(37));
  for (int i = 0; i < 7; ++i) Report("Switch", Switch(i));
  Report("Loop", Loop("several"));
  Report("Indirect", Indirect(Callback, 47));
#ifndef __clang__
  Report("Nest", Nest(3));
#endif
#ifdef HOSTED
  Report("SetJump", SetJump(4));
#endif
}

/* How many bytes of arguments lie on the stack for eight and for fourteen longs. */
#if defined(__x86_64__)
#define STACK_OF_EIGHT 16
#define STACK_OF_FOURTEEN 64
#elif defined(__i386__)
#define STACK_OF_EIGHT 32
#define STACK_OF_FOURTEEN 56
#elif defined(__arm__) || (defined(__mips__) && !defined(__mips64))
#define STACK_OF_EIGHT 16
#define STACK_OF_FOURTEEN 40
#elif defined(__s390x__)
#define STACK_OF_EIGHT 24
#define STACK_OF_FOURTEEN 72
#else /* eight registers */
#define STACK_OF_EIGHT 0
#define STACK_OF_FOURTEEN 48
#endif

#define CLASS(bytes)                   \
  ((bytes) == 0    ? FTRACE_STACK_NONE \
   : (bytes) <= 16 ? FTRACE_STACK_16   \
   : (bytes) <= 64 ? FTRACE_STACK_64   \
                   : FTRACE_STACK_256)
/* As arch/site.h numbers the fields; a constant of C cannot call its functions. */
#define STACK(class) ((uint32_t)(class) << 11)
#define VARIADIC (1u << 14)
#define VECTOR (1u << 15)
#define CHAIN (1u << 26)
/* GCC knows that the arguments of i386 are on the stack; LLVM goes by their types. */
#if defined(__i386__) && !defined(__clang__)
#define FLOATS 0
#else
#define FLOATS VECTOR
#endif
#define ENTRY_ONLY (1u << 28)
#define ARGUMENTS (STACK(7) | VARIADIC | VECTOR | ENTRY_ONLY)
#define ENTRY(name, mask, facts) \
  {#name, (void (*)(void))(name), (mask) | CHAIN | COMPILER_GCC, (facts) | COMPILED_BY}

const struct Known kKnownC[] = {
    ENTRY(Nothing, ARGUMENTS, 0),
    ENTRY(One, VARIADIC | VECTOR | ENTRY_ONLY, 0),
    ENTRY(Wide, VARIADIC | VECTOR, 0),
    ENTRY(Floats, VARIADIC | VECTOR, FLOATS),
    ENTRY(ManyDoubles, VARIADIC | VECTOR, FLOATS),
    ENTRY(Eight, ARGUMENTS, STACK(CLASS(STACK_OF_EIGHT))),
    ENTRY(Ten, VARIADIC | VECTOR, 0),
    ENTRY(Fourteen, ARGUMENTS, STACK(CLASS(STACK_OF_FOURTEEN))),
    ENTRY(Local, VARIADIC | VECTOR, 0),
    ENTRY(Variadic, ARGUMENTS, STACK(FTRACE_STACK_UNKNOWN) | VARIADIC | VECTOR),
    ENTRY(MakeBig, VARIADIC | VECTOR, 0),
    ENTRY(TakeBig, VARIADIC, 0),
    ENTRY(SwapPair, VARIADIC, 0),
    ENTRY(Vector, VARIADIC, 0),
    ENTRY(Fibonacci, VARIADIC | VECTOR, 0),
    ENTRY(BigFrame, VARIADIC | VECTOR, 0),
    ENTRY(AlignedFrame, VARIADIC | VECTOR, 0),
    ENTRY(Dynamic, VARIADIC | VECTOR, 0),
    ENTRY(Switch, VARIADIC | VECTOR, 0),
    ENTRY(Loop, VARIADIC | VECTOR, 0),
    ENTRY(Indirect, VARIADIC | VECTOR, 0),
    ENTRY(Callback, VARIADIC | VECTOR, 0),
    ENTRY(CallC, ARGUMENTS, 0),
#ifndef __clang__
    ENTRY(Nest, VARIADIC | VECTOR, 0),
    ENTRY(NestedAdd, VARIADIC | VECTOR, CHAIN),
    ENTRY(NestedAddMany, VARIADIC | VECTOR, CHAIN | FLOATS),
#endif
#ifdef HOSTED
    ENTRY(Jump, ENTRY_ONLY, 0),
    ENTRY(SetJump, ENTRY_ONLY, ENTRY_ONLY),
#endif
};
const unsigned kKnownCCount = COUNT_OF(kKnownC);
