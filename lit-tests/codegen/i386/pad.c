// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad is one instruction of six bytes, aligned to eight, in front of everything: an lea that
// changes nothing, since the 80386 has no long nop. In the record 2086 is ISA 2, width 6 and, at
// bit 11, the class of four bytes of stack arguments.
// GCC adds bit 27 for itself.
// RUN: %cc_i386 %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %prefixes %s
// RUN: %cc_i386 %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// CHECK-LABEL: {{^}}Function:
// LLVM: .cfi_startproc
// LLVM-NEXT: # %bb.0:
// LLVM-NEXT: #APP
// LLVM-NEXT: .p2align 3, {{.*}}, 7
// LLVM-NEXT: [[PAD:.Lftrace_pad0]]:
// LLVM-NEXT: .byte 101
// LLVM-NEXT: .byte 101
// LLVM-NEXT: .byte 141
// LLVM-NEXT: .byte 116
// LLVM-NEXT: .byte 38
// LLVM-NEXT: .byte 0
// LLVM-NEXT: .section __ftrace_sites,"ao",@progbits,[[PAD]]
// LLVM-NEXT: .p2align 2
// LLVM-NEXT: [[HERE:.Ltmp[0-9]+]]:
// LLVM-NEXT: .long [[PAD]]-{{[(]?}}[[HERE]]
// LLVM-NEXT: .long (([[PAD]]-Function)<<16)+2086
// LLVM-NEXT: .text
//
// GCC: .cfi_startproc
// GCC-NEXT: .p2align 3, , 7
// GCC-NEXT: [[PAD:.Lftrace_pad0]]:
// GCC-NEXT: .byte 0x65, 0x65, 0x8d, 0x74, 0x26, 0x00
// GCC-NEXT: .pushsection __ftrace_sites,"ao?",%progbits,[[PAD]]
// GCC-NEXT: .p2align 2
// GCC-NEXT: .long [[PAD]]-.
// GCC-NEXT: .long (([[PAD]]-Function)<<16)+[[#0x8000000+2086]]
// GCC-NEXT: .popsection
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: 65 65 8d 74 26 00 leal %gs:(%esi,%eiz), %esi
// BYTES-NEXT: 6: {{[0-9a-f ]+}} {{pushl|subl}}
int External(int);
int Function(int x) { return External(x) + 1; }
