// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A nop that is switched and the nop in its delay slot, constant. They are behind the two
// instructions that begin to set up $gp: _gp_disp is relative to the first of these, whose address
// $25 holds. In the record 104 is ISA 6, width 8.
// GCC adds bit 27 for itself.
// RUN: %cc_mips %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %prefixes %s
// RUN: %cc_mips %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES-%COMPILER %s

// Code that is not position independent sets up no $gp: the pad is first.
// RUN: %cc_mips %plugin -O2 -fno-pic -mno-abicalls -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=STATIC %s
// STATIC-LABEL: <Function>:
// STATIC-NEXT: 0: 00 00 00 00 nop
// STATIC-NEXT: 4: 00 00 00 00 nop
// STATIC-NEXT: 8: {{[0-9a-f ]+}} addiu $sp, $sp, -

// CHECK-LABEL: {{^}}Function:
// LLVM: {{#}} %bb.0:
// LLVM-NEXT: lui $2, %hi(_gp_disp)
// LLVM-NEXT: addiu $2, $2, %lo(_gp_disp)
// LLVM-NEXT: #APP
// LLVM-NEXT: .set push
// LLVM-NEXT: .set at
// LLVM-NEXT: .set macro
// LLVM-NEXT: .set reorder
// LLVM-NEXT: .set push
// LLVM-NEXT: .set noreorder
// LLVM-NEXT: .set nomacro
// LLVM-NEXT: [[PAD:.Lftrace_pad0]]:
// LLVM-NEXT: nop
// LLVM-NEXT: nop
// LLVM-NEXT: .set pop
// LLVM-NEXT: .section __ftrace_sites,"ao",@progbits,[[PAD]]
// LLVM-NEXT: .p2align 2
// LLVM-NEXT: [[HERE:[$]tmp[0-9]+]]:
// LLVM-NEXT: .4byte [[PAD]]-{{[(]?}}[[HERE]]
// LLVM-NEXT: .4byte (([[PAD]]-Function)<<16)+104
// LLVM-NEXT: .text
//
// GCC: .cpload $25
// GCC-NEXT: .set nomacro
// GCC-NEXT: .set push
// GCC-NEXT: .set noreorder
// GCC-NEXT: .set nomacro
// GCC-NEXT: [[PAD:.Lftrace_pad0]]:
// GCC-NEXT: nop
// GCC-NEXT: nop
// GCC-NEXT: .set pop
// GCC-NEXT: .pushsection __ftrace_sites,"ao?",%progbits,[[PAD]]
// GCC-NEXT: .p2align 2
// GCC-NEXT: .long [[PAD]]-.
// GCC-NEXT: .long (([[PAD]]-Function)<<16)+[[#0x8000000+104]]
// GCC-NEXT: .popsection
//
// BYTES-LLVM-LABEL: <Function>:
// BYTES-LLVM-NEXT: 0: 3c 02 00 00 lui $2, 0x0
// BYTES-LLVM-NEXT: 0: R_MIPS_HI16 _gp_disp
// BYTES-LLVM-NEXT: 4: 24 42 00 00 addiu $2, $2, 0x0
// BYTES-LLVM-NEXT: 4: R_MIPS_LO16 _gp_disp
// BYTES-LLVM-EMPTY:
// BYTES-LLVM-NEXT: <.Lftrace_pad0>:
// BYTES-LLVM-NEXT: 8: 00 00 00 00 nop
// BYTES-LLVM-NEXT: c: 00 00 00 00 nop
// BYTES-LLVM-NEXT: 10: {{[0-9a-f ]+}} addiu $sp, $sp, -
//
// BYTES-GCC-LABEL: <Function>:
// BYTES-GCC-NEXT: 0: 3c 1c 00 00 lui $gp, 0x0
// BYTES-GCC-NEXT: 0: R_MIPS_HI16 _gp_disp
// BYTES-GCC-NEXT: 4: 27 9c 00 00 addiu $gp, $gp, 0x0
// BYTES-GCC-NEXT: 4: R_MIPS_LO16 _gp_disp
// BYTES-GCC-NEXT: 8: 03 99 e0 21 addu $gp, $gp, $25
// BYTES-GCC-NEXT: c: 00 00 00 00 nop
// BYTES-GCC-NEXT: 10: 00 00 00 00 nop
// BYTES-GCC-NEXT: 14: {{[0-9a-f ]+}} addiu $sp, $sp, -
int External(int);
int Function(int x) { return External(x) + 1; }
