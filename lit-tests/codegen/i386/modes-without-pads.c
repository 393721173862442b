// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In 16-bit code the bytes of the pad are another instruction: no pads, and a remark for who asks.
// RUN: %cc_i386 %plugin -Werror -O2 -m16 %missed -c %s -o %t.o \
// RUN:   2>&1 | FileCheck %s
// RUN: llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s
// CHECK: {{remark|missed}}: no pad in Function: its target or instruction set mode has none
// NONE-NOT: __ftrace_sites
int External(int);
int Function(int x) { return External(x) + 1; }
