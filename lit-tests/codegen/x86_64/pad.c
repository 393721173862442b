// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad is one instruction of six bytes, aligned to eight, in front of everything. Bytes,
// because an assembler would choose a shorter form of the same nop. In the record, distances are
// left to the assembler; 22 is ISA 1, width 6.
// RUN: %clang %target_x86_64 %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %s
// RUN: %clang %target_x86_64 %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// CHECK-LABEL: {{^}}Function:
// CHECK: .cfi_startproc
// CHECK-NEXT: # %bb.0:
// CHECK-NEXT: #APP
// CHECK-NEXT: .p2align 3, {{.*}}, 7
// CHECK-NEXT: [[PAD:.Lftrace_pad0]]:
// CHECK-NEXT: .byte 103
// CHECK-NEXT: .byte 15
// CHECK-NEXT: .byte 31
// CHECK-NEXT: .byte 68
// CHECK-NEXT: .byte 0
// CHECK-NEXT: .byte 0
// CHECK-NEXT: .section __ftrace_sites,"ao",@progbits,[[PAD]]
// CHECK-NEXT: .p2align 2
// CHECK-NEXT: [[HERE:.Ltmp[0-9]+]]:
// CHECK-NEXT: .long [[PAD]]-{{[(]?}}[[HERE]]
// CHECK-NEXT: .long (([[PAD]]-Function)<<16)+22
// CHECK-NEXT: .text
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: 67 0f 1f 44 00 00 nopl (%eax,%eax)
// BYTES-NEXT: 6: 50 pushq %rax
int External(int);
int Function(int x) { return External(x) + 1; }
