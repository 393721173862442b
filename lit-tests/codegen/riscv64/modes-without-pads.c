// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad writes t0: no pads where the user keeps that register for himself, and a remark for who
// asks.
// Clang 14 reads the option and does not keep the register.
// RUN: test %COMPILER-%major = LLVM-14 || for flags in -ffixed-x5; do \
// RUN:   %cc_riscv64 %plugin -Werror -O2 $flags %missed -c %s -o %t.o \
// RUN:     > %t.txt 2>&1 && FileCheck %s < %t.txt || exit 1; \
// RUN:   llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s || exit 1; \
// RUN: done
// CHECK: {{remark|missed}}: no pad in Function: its target or instruction set mode has none
// NONE-NOT: __ftrace_sites
int External(int);
int Function(int x) { return External(x) + 1; }
