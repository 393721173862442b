// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A nop that is switched and the nop in its delay slot, constant, in front of everything: $gp is
// set up from the value of $25, which the pad leaves alone. In the record 120 is ISA 7, width 8.
// GCC adds bit 27 for itself.
// RUN: %cc_mips64el %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %prefixes %s
// RUN: %cc_mips64el %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// CHECK-LABEL: {{^}}Function:
// LLVM: {{#}} %bb.0:
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
// LLVM-NEXT: [[HERE:.Ltmp[0-9]+]]:
// LLVM-NEXT: .4byte [[PAD]]-{{[(]?}}[[HERE]]
// LLVM-NEXT: .4byte (([[PAD]]-Function)<<16)+120
// LLVM-NEXT: .text
//
// GCC: .set noreorder
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
// GCC-NEXT: .long (([[PAD]]-Function)<<16)+[[#0x8000000+120]]
// GCC-NEXT: .popsection
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: 00 00 00 00 nop
// BYTES-NEXT: 4: 00 00 00 00 nop
// BYTES-NEXT: 8: {{[0-9a-f ]+}} daddiu $sp, $sp, -
int External(int);
int Function(int x) { return External(x) + 1; }
