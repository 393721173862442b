// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A nop that is switched and the nop in its delay slot, constant. They are behind the two
// instructions that begin to set up $gp: _gp_disp is relative to the first of these, whose address
// $25 holds. In the record 104 is ISA 6, width 8.
// RUN: %clang %target_mipsel %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %s
// RUN: %clang %target_mipsel %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// Code that is not position independent sets up no $gp: the pad is first.
// RUN: %clang %target_mipsel %plugin -O2 -fno-pic -mno-abicalls -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=STATIC %s
// STATIC-LABEL: <Function>:
// STATIC-NEXT: 0: 00 00 00 00 nop
// STATIC-NEXT: 4: 00 00 00 00 nop
// STATIC-NEXT: 8: {{[0-9a-f ]+}} addiu $sp, $sp, -

// CHECK-LABEL: {{^}}Function:
// CHECK: {{#}} %bb.0:
// CHECK-NEXT: lui $2, %hi(_gp_disp)
// CHECK-NEXT: addiu $2, $2, %lo(_gp_disp)
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
// CHECK-NEXT: [[HERE:[$]tmp[0-9]+]]:
// CHECK-NEXT: .4byte [[PAD]]-{{[(]?}}[[HERE]]
// CHECK-NEXT: .4byte (([[PAD]]-Function)<<16)+104
// CHECK-NEXT: .text
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: 00 00 02 3c lui $2, 0x0
// BYTES-NEXT: 0: R_MIPS_HI16 _gp_disp
// BYTES-NEXT: 4: 00 00 42 24 addiu $2, $2, 0x0
// BYTES-NEXT: 4: R_MIPS_LO16 _gp_disp
// BYTES-EMPTY:
// BYTES-NEXT: <.Lftrace_pad0>:
// BYTES-NEXT: 8: 00 00 00 00 nop
// BYTES-NEXT: c: 00 00 00 00 nop
// BYTES-NEXT: 10: {{[0-9a-f ]+}} addiu $sp, $sp, -
int External(int);
int Function(int x) { return External(x) + 1; }
