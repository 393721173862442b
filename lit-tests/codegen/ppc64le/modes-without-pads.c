// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// With ELFv1 the symbol of a function is a descriptor and not code: no pads, and a remark for who
// asks.
// RUN: %cc_ppc64le %plugin -Werror -O2 -mabi=elfv1 %missed -c %s -o %t.o \
// RUN:   2>&1 | FileCheck %s
// RUN: llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s
// CHECK: {{remark|missed}}: no pad in Function: its target or instruction set mode has none
// NONE-NOT: __ftrace_sites
int External(int);
int Function(int x) { return External(x) + 1; }
