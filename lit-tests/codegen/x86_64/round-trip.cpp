// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// -S output assembles to the very object that -c makes, records of COMDAT functions included; GNU
// as takes the stream too. Also in Intel syntax. Sections of their own, because the assembler fills
// between functions as the CPU of the command line likes it.
// RUN: as=$(test %COMPILER = GCC || echo -fno-integrated-as); \
// RUN: for flags in "" -fcf-protection -masm=intel -fPIC "-masm=intel -fcf-protection"; do \
// RUN:   %cxx %plugin -O2 -ffunction-sections $flags -c %s -o %t.o || exit 1; \
// RUN:   %cxx %plugin -O2 -ffunction-sections $flags -S %s -o %t.s || exit 1; \
// RUN:   %cxx -c %t.s -o %t.2.o || exit 1; \
// RUN:   cmp %t.o %t.2.o || exit 1; \
// RUN:   %cxx %plugin $as -O2 $flags -c %s -o %t.3.o || exit 1; \
// RUN:   for file in %t.o %t.3.o; do \
// RUN:     %link $file -o %t && %check_sites %t > %t.txt && FileCheck %s < %t.txt || exit 1; \
// RUN:   done; \
// RUN: done

// CHECK-DAG: pad _Z6Callerl at=
// CHECK-DAG: pad _Z6Inlinel at=
// CHECK-DAG: pad _ZN6HolderIlE3GetEl{{(.isra.0)?}} at=
// CHECK-DAG: pad _ZL5Locall at=
long External(long);
inline __attribute__((noinline)) long Inline(long x) { return x * External(x); }
template <class T>
struct Holder {
  T value;
  __attribute__((noinline)) T Get(T x) { return value * External(x); }
};
static __attribute__((noinline)) long Local(long x) { return External(x) + 2; }
long Caller(long x) { return Holder<long>{x}.Get(2) + Inline(x) + Local(x); }
