// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a header says of its functions holds when the header comes precompiled.
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: %clangxx %plugin -x c++-header lib.h -o lib.pch
// RUN: for header in "-include lib.h" "-include-pch lib.pch"; do \
// RUN:   %clangxx %plugin $header -c main.cpp -o main.o && %link main.o -o main && \
// RUN:   %check_sites main | FileCheck --implicit-check-not=Hidden main.cpp || exit 1; \
// RUN:   %clangxx %plugin -fplugin-arg-libftrace-file='*lib.h' $header -c main.cpp -o main.o && \
// RUN:   %link main.o -o main && %check_sites main \
// RUN:     | FileCheck --check-prefix=FILE --implicit-check-not={{Hidden\|Main}} main.cpp || exit 1; \
// RUN: done

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
