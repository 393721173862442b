// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a header says of its functions holds when the header comes precompiled.
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: Check() { \
// RUN:   %cxx %plugin "$@" -c main.cpp -o main.o && %link main.o -o main && \
// RUN:   %check_sites main | FileCheck --implicit-check-not='pad {{.*}}Hidden' main.cpp && \
// RUN:   %cxx %plugin -fplugin-arg-libftrace-file='*lib.h' "$@" -c main.cpp -o main.o && \
// RUN:   %link main.o -o main && %check_sites main \
// RUN:     | FileCheck --check-prefix=FILE --implicit-check-not='{{pad .*(Hidden|Main)}}' main.cpp; \
// RUN: }
// RUN: Check -include lib.h
// GCC takes the precompiled header in the place of the source, which need not be there any more.
// RUN: case %COMPILER in \
// RUN:   LLVM) %cxx %plugin -x c++-header lib.h -o lib.pch && Check -include-pch lib.pch;; \
// RUN:   GCC) %cxx %plugin -x c++-header lib.h -o lib.h.gch && rm lib.h && Check -include lib.h;; \
// RUN: esac

//--- lib.h
#define HIDDEN __attribute__((no_instrument_function))
inline int Inline(int x) { return x + 1; }
HIDDEN inline int HiddenInline(int x) { return x + 1; }
HIDDEN static int HiddenStatic(int x) { return x + 1; }
struct Counter {
  HIDDEN Counter() {}
  int Method(int x) { return x + 2; }
  HIDDEN int HiddenMethod(int x) { return x + 2; }
};
template <typename T>
T Template(T x) {
  return x + 3;
}
template <typename T>
HIDDEN T HiddenTemplate(T x) {
  return x + 3;
}
//--- main.cpp
// CHECK-DAG: pad _Z4Maini
// CHECK-DAG: pad _Z6Inlinei
// CHECK-DAG: pad _ZN7Counter6MethodEi
// CHECK-DAG: pad _Z8TemplateIiET_S0_
// FILE-DAG: pad _Z6Inlinei
// FILE-DAG: pad _ZN7Counter6MethodEi
// FILE-DAG: pad _Z8TemplateIiET_S0_
int Main(int x) {
  Counter counter;
  return Inline(x) + HiddenInline(x) + HiddenStatic(x) + counter.Method(x) +
         counter.HiddenMethod(x) + Template(x) + HiddenTemplate(x);
}
