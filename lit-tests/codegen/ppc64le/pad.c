// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad is at the local entry, behind the set-up of the TOC pointer: callers that skip that pass
// it as well. In the record 148 is ISA 9, width 4.
// GCC adds bit 27 for itself.
// RUN: %cc_ppc64le %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %prefixes %s
// RUN: %cc_ppc64le %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// CHECK-LABEL: {{^}}Function:
// LLVM: .cfi_startproc
// LLVM-NEXT: [[GLOBAL:.Lfunc_gep0]]:
// LLVM-NEXT: addis 2, 12, .TOC.-[[GLOBAL]]@ha
// LLVM-NEXT: addi 2, 2, .TOC.-[[GLOBAL]]@l
// LLVM-NEXT: [[LOCAL:.Lfunc_lep0]]:
// LLVM-NEXT: .localentry Function, [[LOCAL]]-[[GLOBAL]]
// LLVM-NEXT: # %bb.0:
// LLVM-NEXT: #APP
// LLVM-NEXT: [[PAD:.Lftrace_pad0]]:
// LLVM-NEXT: nop
// LLVM-NEXT: .section __ftrace_sites,"ao",@progbits,[[PAD]]
// LLVM-NEXT: .p2align 2
// LLVM-NEXT: [[HERE:.Ltmp[0-9]+]]:
// LLVM-NEXT: .long [[PAD]]-{{[(]?}}[[HERE]]
// LLVM-NEXT: .long (([[PAD]]-Function)<<16)+148
// LLVM-NEXT: .text
//
// GCC: .cfi_startproc
// GCC-NEXT: [[GLOBAL:.LCF0]]:
// GCC-NEXT: 0: addis 2,12,.TOC.-[[GLOBAL]]@ha
// GCC-NEXT: addi 2,2,.TOC.-[[GLOBAL]]@l
// GCC-NEXT: .localentry Function,.-Function
// GCC-NEXT: [[PAD:.Lftrace_pad0]]:
// GCC-NEXT: nop
// GCC-NEXT: .pushsection __ftrace_sites,"ao?",%progbits,[[PAD]]
// GCC-NEXT: .p2align 2
// GCC-NEXT: .long [[PAD]]-.
// GCC-NEXT: .long (([[PAD]]-Function)<<16)+[[#0x8000000+148]]
// GCC-NEXT: .popsection
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: 00 00 4c 3c addis 2, 12, 0
// BYTES-NEXT: 0: R_PPC64_REL16_HA .TOC.
// BYTES-NEXT: 4: 00 00 42 38 addi 2, 2, 0
// BYTES-NEXT: 4: R_PPC64_REL16_LO .TOC.+0x4
// BYTES-NEXT: 8: 00 00 00 60 nop
// BYTES-NEXT: c: {{[0-9a-f ]+}} mflr 0
int External(int);
int Function(int x) { return External(x) + 1; }

// A function that needs no TOC has one entry.
// BYTES-LABEL: <Leaf>:
// BYTES-NEXT: 00 00 00 60 nop
// BYTES-NEXT: {{[0-9a-f ]+}} addi 3, 3, 1
int Leaf(int x) { return x + 1; }
