// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A nop that is switched and the nop in its delay slot, constant, in front of everything: $gp is
// set up from the value of $25, which the pad leaves alone. In the record 120 is ISA 7, width 8.
// RUN: %clang %target_mips64 %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %s
// RUN: %clang %target_mips64 %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// CHECK-LABEL: {{^}}Function:
// CHECK: {{#}} %bb.0:
// CHECK-NEXT: #APP
// CHECK-NEXT: .set push
// CHECK-NEXT: .set at
// CHECK-NEXT: .set macro
// CHECK-NEXT: .set reorder
// CHECK-NEXT: .set push
// CHECK-NEXT: .set noreorder
// CHECK-NEXT: .set nomacro
// CHECK-NEXT: [[PAD:.Lftrace_pad0]]:
// CHECK-NEXT: nop
// CHECK-NEXT: nop
// CHECK-NEXT: .set pop
// CHECK-NEXT: .section __ftrace_sites,"ao",@progbits,[[PAD]]
// CHECK-NEXT: .p2align 2
// CHECK-NEXT: [[HERE:.Ltmp[0-9]+]]:
// CHECK-NEXT: .4byte [[PAD]]-{{[(]?}}[[HERE]]
// CHECK-NEXT: .4byte (([[PAD]]-Function)<<16)+120
// CHECK-NEXT: .text
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: 00 00 00 00 nop
// BYTES-NEXT: 4: 00 00 00 00 nop
// BYTES-NEXT: 8: {{[0-9a-f ]+}} daddiu $sp, $sp, -
int External(int);
int Function(int x) { return External(x) + 1; }
