// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Interrupt handlers have no pad; every variant of the procedure call standard is a convention of C.
// RUN: for level in -O0 -O2; do \
// RUN:   %cc_arm %plugin $level -march=armv7-a+fp %missed -c %s -o %t.o 2> %t.told || exit 1; \
// RUN:   %link_target %t.o -o %t && %check_sites %t > %t.txt && FileCheck %s < %t.txt || exit 1; \
// RUN:   FileCheck --check-prefix=TOLD %s < %t.told || exit 1; \
// RUN: done
// TOLD: {{remark|missed}}: no pad in Interrupt: it is an interrupt handler
// CHECK-DAG: bare Interrupt
__attribute__((interrupt("IRQ"))) void Interrupt(void) {}
// CHECK-DAG: pad Base at={{.*}} kind=0
__attribute__((pcs("aapcs"))) float Base(float x) { return x; }
// CHECK-DAG: pad Hard at={{.*}} vector
__attribute__((pcs("aapcs-vfp"))) float Hard(float x) { return x; }
// CHECK-DAG: pad Plain
float Plain(float x) { return x; }
