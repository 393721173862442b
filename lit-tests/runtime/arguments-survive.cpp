// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callback that clobbers all it may leaves every class of argument as the caller passed it: S8.
// RUN: %cxx -O2 -std=c++17 %plugin %s %include -I%S/Inputs %runtime -o %t
// RUN: %t
// RUN: %cxx -O0 -std=c++17 %plugin %s %include -I%S/Inputs %runtime -o %t
// RUN: %t
#include <immintrin.h>

#include <cerrno>
#include <cstdarg>

#include "check.h"

namespace {

struct Large {
  long a[5];
  double d;
};
struct Pair {
  long i;
  double d;
};

unsigned long callbacks;
unsigned long arguments[8];

// Clobbers every register that the ABI lets a callee clobber, at its full width.
FTRACE_NOTRACE void Clobber() {
  if (__builtin_cpu_supports("avx512f")) {
    asm volatile(
        ".irp i,0,1,2,3,4,5,6,7,16,17,31\n vpternlogd $0xff,%%zmm\\i,%%zmm\\i,%%zmm\\i\n .endr" ::
            : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7");
  } else if (__builtin_cpu_supports("avx")) {
    asm volatile(".irp i,0,1,2,3,4,5,6,7\n vxorps %%ymm\\i,%%ymm\\i,%%ymm\\i\n .endr" ::
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7");
  }
  asm volatile(
      ".irp i,0,1,2,3,4,5,6,7\n pcmpeqd %%xmm\\i,%%xmm\\i\n .endr\n"
      ".irp r,rax,rcx,rdx,rsi,rdi,r8,r9,r10,r11\n mov $-7,%%\\r\n .endr\n stc" ::
          : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "cc", "xmm0", "xmm1",
            "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7");
}

FTRACE_NOTRACE void Callback(unsigned long, unsigned long, ftrace_ops*, ftrace_regs* fregs) {
  ++callbacks;
  const int saved = errno;
  for (unsigned i = 0; i < 8; ++i) arguments[i] = ftrace_regs_get_argument(fregs, i);
  errno = saved;
  Clobber();
}

}  // namespace

TRACED long Integers(long a, long b, long c, long d, long e, long f, long g, long h) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h;
}
TRACED double Doubles(double a, double b, double c, double d, double e, double f, double g,
                      double h, double i) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i;
}
TRACED float Mixed(char a, float b, short c, double d, long e, float f) {
  return static_cast<float>(a + b + c + d + static_cast<double>(e) + f);
}
TRACED long double LongDouble(long double a, int b, long double c) { return a * b - c; }
TRACED __int128 Wide(__int128 a, __int128 b) { return a * b; }
TRACED Large ByValue(Large a, int b, Pair c) {
  a.a[3] += b + c.i;
  a.d *= c.d;
  return a;
}
TRACED Pair SmallStruct(Pair a) { return {a.i * 2, a.d * 3}; }
TRACED long Variadic(const char* kinds, ...) {
  va_list list;
  va_start(list, kinds);
  long sum = 0;
  for (; *kinds != '\0'; ++kinds) {
    sum = sum * 3 + (*kinds == 'd' ? va_arg(list, int) : static_cast<long>(va_arg(list, double)));
  }
  va_end(list);
  return sum;
}
__attribute__((target("avx"))) TRACED __m256 Ymm(__m256 a, __m256 b, __m256 c, __m256 d, __m256 e,
                                                 __m256 f, __m256 g, __m256 h) {
  return _mm256_add_ps(_mm256_add_ps(_mm256_add_ps(a, b), _mm256_add_ps(c, d)),
                       _mm256_add_ps(_mm256_add_ps(e, f), _mm256_add_ps(g, h)));
}
__attribute__((target("avx512f"))) TRACED __m512 Zmm(__m512 a, __m512 b) {
  return _mm512_sub_ps(a, b);
}
TRACED int Errno() { return errno; }
// Called by hand with a static chain in r10 and a count in al.
extern "C" TRACED long StaticChain(long a) {
  long chain;
  asm volatile("mov %%r10, %0" : "=r"(chain));
  return a + chain;
}

namespace {

FTRACE_NOTRACE long CallWithStaticChain(long a, long chain) {
  long result;
  asm volatile("mov %[chain], %%r10\n\tsub $128, %%rsp\n\tcall StaticChain\n\tadd $128, %%rsp"
               : "=a"(result), "+D"(a)
               : [chain] "r"(chain)
               : "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "memory", "cc", "xmm0", "xmm1",
                 "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11",
                 "xmm12", "xmm13", "xmm14", "xmm15");
  return result;
}

__attribute__((target("avx"))) FTRACE_NOTRACE void CheckYmm() {
  __m256 v[8];
  for (int i = 0; i < 8; ++i) v[i] = _mm256_setr_ps(1, 2, 3, 4, 5, 6, 7, static_cast<float>(i));
  alignas(32) float out[8];
  _mm256_store_ps(out, Ymm(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]));
  for (int i = 0; i < 7; ++i) CHECK(out[i] == static_cast<float>(8 * (i + 1)));
  CHECK(out[7] == 28);
}

__attribute__((target("avx512f"))) FTRACE_NOTRACE void CheckZmm() {
  alignas(64) float in[16], out[16];
  for (int i = 0; i < 16; ++i) in[i] = static_cast<float>(i * i);
  _mm512_store_ps(out, Zmm(_mm512_load_ps(in), _mm512_set1_ps(1)));
  for (int i = 0; i < 16; ++i) CHECK(out[i] == in[i] - 1);
}

FTRACE_NOTRACE void CheckScalars() {
  CHECK_EQ(Integers(1, 2, 3, 4, 5, 6, 7, 8), 204);
  CHECK(Doubles(1, 2, 3, 4, 5, 6, 7, 8, 9) == 285);
  CHECK(Mixed(1, 2.5f, 3, 4.25, 5, 6) == 21.75f);
  CHECK(LongDouble(1.5L, 3, 0.25L) == 4.25L);
  const __int128 wide = Wide((static_cast<__int128>(1) << 70) + 3, 12345);
  CHECK(wide == ((static_cast<__int128>(1) << 70) + 3) * 12345);
  const Large large = ByValue({{1, 2, 3, 4, 5}, 1.5}, 10, {100, 4});
  CHECK(large.a[3] == 114 && large.a[4] == 5 && large.d == 6);
  const Pair pair = SmallStruct({21, 1.5});
  CHECK(pair.i == 42 && pair.d == 4.5);
  CHECK_EQ(Variadic("dfdfd", 1, 2.0, 3, 4.0, 5), ((((1 * 3 + 2) * 3 + 3) * 3 + 4) * 3) + 5);
  CHECK_EQ(Variadic("ffffffffff", 1., 1., 1., 1., 1., 1., 1., 1., 1., 1.), 29524);
  errno = 77;
  CHECK_EQ(Errno(), 77);
  CHECK_EQ(CallWithStaticChain(5, 1000), 1005);
}

FTRACE_NOTRACE void CheckAll() {
  CheckScalars();
  if (__builtin_cpu_supports("avx")) CheckYmm();
  if (__builtin_cpu_supports("avx512f")) CheckZmm();
}

}  // namespace

FTRACE_NOTRACE int main() {
  CheckAll();
  ftrace_ops ops = {};
  ops.func = Callback;
  CHECK_EQ(register_ftrace_function(&ops), 0);
  CheckAll();
  CHECK(callbacks >= 12);
  CHECK_EQ(Integers(10, 11, 12, 13, 14, 15, 16, 17), 528);
  for (unsigned long i = 0; i < 8; ++i) CHECK_EQ(arguments[i], 10 + i);
  // A second tracer, and so another trampoline, with the same promise.
  ftrace_ops second = {};
  second.func = Callback;
  CHECK_EQ(register_ftrace_function(&second), 0);
  callbacks = 0;
  CheckAll();
  CHECK(callbacks >= 24);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  CHECK_EQ(unregister_ftrace_function(&second), 0);
  CheckAll();
  return 0;
}
