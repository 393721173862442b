// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The runtime as an archive: in a position-independent, a fixed-address, a static and a static-pie
// program. All of them say that they carry a runtime, so `ftrace stat` preloads no second one.
// RUN: %cc -O2 %plugin %include -I%S/Inputs %s %runtime_archive -o %t.pie
// RUN: %t.pie
// RUN: llvm-readelf --notes %t.pie | FileCheck %s
// RUN: %cc -O2 -no-pie %plugin %include -I%S/Inputs %s %runtime_archive -o %t.fixed
// RUN: %t.fixed
// RUN: %cc -O2 -static %plugin %include -I%S/Inputs %s %runtime_archive -o %t.static
// RUN: %t.static
// RUN: llvm-readelf --notes %t.static | FileCheck %s
// RUN: %cc -O2 -static-pie -fPIE %plugin %include -I%S/Inputs %s %runtime_archive -o %t.static-pie
// RUN: %t.static-pie
// CHECK-DAG: ftrace {{ *}}0x00000010
// CHECK-DAG: ftrace {{ *}}0x00000004
#include "counted_function.h"

FTRACE_NOTRACE int main(void) {
  struct ftrace_ops ops = {.func = count};
  CHECK_EQ(ftrace_site_count(), 1);
  CHECK_EQ(FILTER(&ops, "f"), 0);
  CHECK_EQ(register_ftrace_function(&ops), 0);
  CHECK_EQ(f(1) + f(2), 5);
  CHECK_EQ(calls, 2);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  CHECK_EQ(f(1), 2);
  CHECK_EQ(calls, 2);
  ftrace_free_filter(&ops);
  return 0;
}
