// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Interrupt handlers have no pad.
// RUN: for level in -O0 -O2; do \
// RUN:   %cc_riscv64 %plugin $level %missed -c %s -o %t.o \
// RUN:     2> %t.told || exit 1; \
// RUN:   %link_target %t.o -o %t && %check_sites %t > %t.txt && FileCheck %s < %t.txt || exit 1; \
// RUN:   FileCheck --check-prefix=TOLD %s < %t.told || exit 1; \
// RUN: done
// TOLD: {{remark|missed}}: no pad in Interrupt: it is an interrupt handler
// CHECK-DAG: bare Interrupt
__attribute__((interrupt)) void Interrupt(void) {}
// CHECK-DAG: pad Plain
void Plain(void) {}
