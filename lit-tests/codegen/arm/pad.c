// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad is the architectural nop in front of everything. In the record 68 is ISA 4, width 4.
// GCC adds bit 27 for itself.
// RUN: %cc_arm %plugin -O2 -march=armv7-a+fp -funwind-tables -S %s -o - | grep . | FileCheck %prefixes %s
// RUN: %cc_arm %plugin -O2 -march=armv7-a+fp -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s

// Before ARMv6K the same mnemonic is a move of a register to itself.
// RUN: %cc_arm %plugin -O2 -march=armv5te -mfloat-abi=soft -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=OLD %s
// OLD-LABEL: <Function>:
// OLD-NEXT: 0: e1a00000 mov r0, r0
// OLD-NEXT: 4: {{[0-9a-f]+}} push

// CHECK-LABEL: {{^}}Function:
// LLVM: .fnstart
// LLVM-NEXT: @ %bb.0:
// LLVM-NEXT: @APP
// LLVM-NEXT: [[PAD:.Lftrace_pad0]]:
// LLVM-NEXT: nop
// LLVM-NEXT: .section __ftrace_sites,"ao",%progbits,[[PAD]]
// LLVM-NEXT: .p2align 2
// LLVM-NEXT: [[HERE:.Ltmp[0-9]+]]:
// LLVM-NEXT: .long [[PAD]]-{{[(]?}}[[HERE]]
// LLVM-NEXT: .long (([[PAD]]-Function)<<16)+68
// LLVM-NEXT: .text
//
// GCC: @ frame_needed
// GCC-NEXT: [[PAD:.Lftrace_pad0]]:
// GCC-NEXT: nop
// GCC-NEXT: .pushsection __ftrace_sites,"ao?",%progbits,[[PAD]]
// GCC-NEXT: .p2align 2
// GCC-NEXT: .long [[PAD]]-.
// GCC-NEXT: .long (([[PAD]]-Function)<<16)+[[#0x8000000+68]]
// GCC-NEXT: .popsection
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: e320f000 nop
// BYTES-NEXT: 4: {{[0-9a-f]+}} push
int External(int);
int Function(int x) { return External(x) + 1; }
