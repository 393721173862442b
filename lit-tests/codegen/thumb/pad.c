// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad is one nop of 32 bits, never two of 16, of which one could have been executed when both
// are overwritten. The record has the address with bit 0 clear. In it 84 is ISA 5, width 4.
// GCC adds bit 27 for itself.
// RUN: %cc_thumb %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %prefixes %s
// RUN: %cc_thumb %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s
// RUN: llvm-readelf -rs %t.o | FileCheck --check-prefix=RECORD %s
// The lead is an even number of bytes too, though the value of the symbol is odd.
// RECORD: R_ARM_REL32
// RECORD: 00000001 {{.*}} FUNC GLOBAL DEFAULT {{.*}} Function
// RUN: llvm-readelf -x __ftrace_sites %t.o | FileCheck --check-prefix=DUMP %s
// DUMP: 0x00000000 00000000 54000{{000|008}}

// CHECK-LABEL: {{^}}Function:
// LLVM: .fnstart
// LLVM-NEXT: @ %bb.0:
// LLVM-NEXT: @APP
// LLVM-NEXT: [[PAD:.Lftrace_pad0]]:
// LLVM-NEXT: nop.w
// LLVM-NEXT: .section __ftrace_sites,"ao",%progbits,[[PAD]]
// LLVM-NEXT: .p2align 2
// LLVM-NEXT: [[HERE:.Ltmp[0-9]+]]:
// LLVM-NEXT: .long [[PAD]]-{{[(]?}}[[HERE]]
// LLVM-NEXT: .long (([[PAD]]-Function)<<16)+84
// LLVM-NEXT: .text
//
// GCC: @ frame_needed
// GCC-NEXT: [[PAD:.Lftrace_pad0]]:
// GCC-NEXT: nop.w
// GCC-NEXT: .pushsection __ftrace_sites,"ao?",%progbits,[[PAD]]
// GCC-NEXT: .p2align 2
// GCC-NEXT: .long [[PAD]]-.
// GCC-NEXT: .long (([[PAD]]-Function)<<16)+[[#0x8000000+84]]
// GCC-NEXT: .popsection
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: f3af 8000 nop.w
// BYTES-NEXT: 4: {{[0-9a-f]+}} push
int External(int);
int Function(int x) { return External(x) + 1; }
