// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad writes x9: no pads where the user keeps that register for himself, nor in files of another
// class; and a remark for who asks.
// RUN: for flags in -ffixed-x9 $(test %COMPILER = LLVM || echo -mabi=ilp32); do \
// RUN:   %cc_aarch64 %plugin -Werror -O2 $flags %missed -c %s -o %t.o > %t.txt 2>&1 || exit 1; \
// RUN:   FileCheck %s < %t.txt && llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s || exit 1; \
// RUN: done
// CHECK: {{remark|missed}}: no pad in Function: its target or instruction set mode has none
// NONE-NOT: __ftrace_sites
int External(int);
int Function(int x) { return External(x) + 1; }
