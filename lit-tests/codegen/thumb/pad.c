// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad is one nop of 32 bits, never two of 16, of which one could have been executed when both
// are overwritten. The record has the address with bit 0 clear. In it 84 is ISA 5, width 4.
// RUN: %clang %target_thumb %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %s
// RUN: %clang %target_thumb %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s
// RUN: llvm-readelf -rs %t.o | FileCheck --check-prefix=RECORD %s
// The lead is an even number of bytes too, though the value of the symbol is odd.
// RECORD: R_ARM_REL32
// RECORD: 00000001 {{.*}} FUNC GLOBAL DEFAULT {{.*}} Function
// RUN: llvm-readelf -x __ftrace_sites %t.o | FileCheck --check-prefix=DUMP %s
// DUMP: 0x00000000 00000000 54000000

// CHECK-LABEL: {{^}}Function:
// CHECK: .fnstart
// CHECK-NEXT: @ %bb.0:
// CHECK-NEXT: @APP
// CHECK-NEXT: [[PAD:.Lftrace_pad0]]:
// CHECK-NEXT: nop.w
// CHECK-NEXT: .section __ftrace_sites,"ao",%progbits,[[PAD]]
// CHECK-NEXT: .p2align 2
// CHECK-NEXT: [[HERE:.Ltmp[0-9]+]]:
// CHECK-NEXT: .long [[PAD]]-{{[(]?}}[[HERE]]
// CHECK-NEXT: .long (([[PAD]]-Function)<<16)+84
// CHECK-NEXT: .text
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: 0: f3af 8000 nop.w
// BYTES-NEXT: 4: {{[0-9a-f]+}} push
int External(int);
int Function(int x) { return External(x) + 1; }
