// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad is one instruction of six bytes, aligned to eight, in front of everything: an lea that
// changes nothing, since the 80386 has no long nop. In the record 2086 is ISA 2, width 6 and, at
// bit 11, the class of four bytes of stack arguments.
// RUN: %clang %target_i386 %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %s
// RUN: %clang %target_i386 %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// CHECK-LABEL: {{^}}Function:
// CHECK: .cfi_startproc
// CHECK-NEXT: # %bb.0:
// CHECK-NEXT: #APP
// CHECK-NEXT: .p2align 3, {{.*}}, 7
// CHECK-NEXT: [[PAD:.Lftrace_pad0]]:
// CHECK-NEXT: .byte 101
// CHECK-NEXT: .byte 101
// CHECK-NEXT: .byte 141
// CHECK-NEXT: .byte 116
// CHECK-NEXT: .byte 38
// CHECK-NEXT: .byte 0
// CHECK-NEXT: .section __ftrace_sites,"ao",@progbits,[[PAD]]
// CHECK-NEXT: .p2align 2
// CHECK-NEXT: [[HERE:.Ltmp[0-9]+]]:
// CHECK-NEXT: .long [[PAD]]-{{[(]?}}[[HERE]]
// CHECK-NEXT: .long (([[PAD]]-Function)<<16)+2086
// CHECK-NEXT: .text
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: 65 65 8d 74 26 00 leal %gs:(%esi,%eiz), %esi
// BYTES-NEXT: 6: {{[0-9a-f ]+}} {{pushl|subl}}
int External(int);
int Function(int x) { return External(x) + 1; }
