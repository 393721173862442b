// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad is one instruction of six bytes, aligned to eight, in front of everything. Bytes,
// because an assembler would choose a shorter form of the same nop. In the record, distances are
// left to the assembler; 22 is ISA 1, width 6.
// GCC adds bit 27 for itself.
// RUN: %cc_x86_64 %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %prefixes %s
// RUN: %cc_x86_64 %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// CHECK-LABEL: {{^}}Function:
// LLVM: .cfi_startproc
// LLVM-NEXT: # %bb.0:
// LLVM-NEXT: #APP
// LLVM-NEXT: .p2align 3, {{.*}}, 7
// LLVM-NEXT: [[PAD:.Lftrace_pad0]]:
// LLVM-NEXT: .byte 103
// LLVM-NEXT: .byte 15
// LLVM-NEXT: .byte 31
// LLVM-NEXT: .byte 68
// LLVM-NEXT: .byte 0
// LLVM-NEXT: .byte 0
// LLVM-NEXT: .section __ftrace_sites,"ao",@progbits,[[PAD]]
// LLVM-NEXT: .p2align 2
// LLVM-NEXT: [[HERE:.Ltmp[0-9]+]]:
// LLVM-NEXT: .long [[PAD]]-{{[(]?}}[[HERE]]
// LLVM-NEXT: .long (([[PAD]]-Function)<<16)+22
// LLVM-NEXT: .text
//
// GCC: .cfi_startproc
// GCC-NEXT: .p2align 3, , 7
// GCC-NEXT: [[PAD:.Lftrace_pad0]]:
// GCC-NEXT: .byte 0x67, 0x0f, 0x1f, 0x44, 0x00, 0x00
// GCC-NEXT: .pushsection __ftrace_sites,"ao?",%progbits,[[PAD]]
// GCC-NEXT: .p2align 2
// GCC-NEXT: .long [[PAD]]-.
// GCC-NEXT: .long (([[PAD]]-Function)<<16)+[[#0x8000000+22]]
// GCC-NEXT: .popsection
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: 67 0f 1f 44 00 00 nopl (%eax,%eax)
// BYTES-NEXT: 6: {{50 pushq|48 83 ec 08 subq}}
int External(int);
int Function(int x) { return External(x) + 1; }
