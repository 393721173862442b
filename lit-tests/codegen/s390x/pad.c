// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad is the branch that is never taken, of six bytes, aligned to eight, in front of
// everything. In the record 166 is ISA 10, width 6.
// GCC adds bit 27 for itself.
// RUN: %cc_s390x %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %prefixes %s
// RUN: %cc_s390x %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// CHECK-LABEL: {{^}}Function:
// LLVM: # %bb.0:
// LLVM-NEXT: #APP
// LLVM-NEXT: [[PAD:.Lftrace_pad0]]:
// LLVM-NEXT: [[SELF:.Ltmp[0-9]+]]:
// LLVM-NEXT: brcl 0, [[SELF]]
// LLVM-NEXT: .section __ftrace_sites,"ao",@progbits,[[PAD]]
// LLVM-NEXT: .p2align 2
// LLVM-NEXT: [[HERE:.Ltmp[0-9]+]]:
// LLVM-NEXT: .long [[PAD]]-{{[(]?}}[[HERE]]
// LLVM-NEXT: .long (([[PAD]]-Function)<<16)+166
// LLVM-NEXT: .text
//
// GCC: .cfi_startproc
// GCC-NEXT: [[PAD:.Lftrace_pad0]]:
// GCC-NEXT: brcl 0, .
// GCC-NEXT: .pushsection __ftrace_sites,"ao?",%progbits,[[PAD]]
// GCC-NEXT: .p2align 2
// GCC-NEXT: .long [[PAD]]-.
// GCC-NEXT: .long (([[PAD]]-Function)<<16)+[[#0x8000000+166]]
// GCC-NEXT: .popsection
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: c0 04 00 00 00 00 jgnop 0x0
// BYTES-NEXT: 6: {{[0-9a-f ]+}} stmg
int External(int);
int Function(int x) { return External(x) + 1; }
