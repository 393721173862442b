// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function may begin with a loop: its branch goes behind the pad, not to the function's beginning.
// RUN: for level in -O1 -O2 -Os; do \
// RUN:   %cc %plugin $level -c %s -o %t.o && llvm-objdump -d %t.o > %t.txt || exit 1; \
// RUN:   FileCheck %s < %t.txt || exit 1; \
// RUN: done
// CHECK-LABEL: <Loop>:
// CHECK-NEXT: 67 0f 1f 44 00 00
// CHECK: j{{ne|e}} {{.*}} <Loop+0x{{[0-9a-f]+}}>
// CHECK: ret
void Loop(volatile int* x) {
  do {
  } while (*x == 1);
}
