// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A constant instruction keeps the return address in x9, where the live one, when it is switched
// to bl, finds it kept. The label of the record is on the live one. In the record 56 is ISA 3,
// width 8.
// GCC adds bit 27 for itself.
// RUN: %cc_aarch64 %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %prefixes %s
// RUN: %cc_aarch64 %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// CHECK-LABEL: {{^}}Function:
// LLVM: .cfi_startproc
// LLVM-NEXT: {{//}} %bb.0:
// LLVM-NEXT: {{//}}APP
// LLVM-NEXT: mov x9, x30
// LLVM-NEXT: [[PAD:.Lftrace_pad0]]:
// LLVM-NEXT: nop
// LLVM-NEXT: .section __ftrace_sites,"ao",@progbits,[[PAD]]
// LLVM-NEXT: .p2align 2
// LLVM-NEXT: [[HERE:.Ltmp[0-9]+]]:
// LLVM-NEXT: .word [[PAD]]-{{[(]?}}[[HERE]]
// LLVM-NEXT: .word (([[PAD]]-Function)<<16)+56
// LLVM-NEXT: .text
//
// GCC: .cfi_startproc
// GCC-NEXT: mov x9, x30
// GCC-NEXT: [[PAD:.Lftrace_pad0]]:
// GCC-NEXT: nop
// GCC-NEXT: .pushsection __ftrace_sites,"ao?",%progbits,[[PAD]]
// GCC-NEXT: .p2align 2
// GCC-NEXT: .long [[PAD]]-.
// GCC-NEXT: .long (([[PAD]]-Function)<<16)+[[#0x8000000+56]]
// GCC-NEXT: .popsection
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: aa1e03e9 mov x9, x30
// BYTES-NEXT: 4: d503201f nop
// BYTES-NEXT: 8: {{[0-9a-f]+}} {{str|stp}}
int External(int);
int Function(int x) { return External(x) + 1; }
