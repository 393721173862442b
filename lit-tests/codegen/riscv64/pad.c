// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A constant instruction holds the upper half of the way to the module's gate; the live one behind
// it is a nop until it becomes a jump there. Neither is compressed nor relaxed. The label of the
// record is on the live one. In the record 136 is ISA 8, width 8.
// GCC adds bit 27 for itself.
// RUN: %cc_riscv64 %plugin -O2 -funwind-tables -S %s -o - | grep . | FileCheck %prefixes %s
// RUN: %cc_riscv64 %plugin -O2 -funwind-tables -c %s -o %t.o
// RUN: llvm-objdump -drz %t.o | FileCheck --check-prefix=BYTES %s
//
// Not at offset 0: until the linker aligns, there may be room in front.
//
// The gate: hidden, one a module.
// RUN: llvm-readelf -s %t.o | FileCheck --check-prefix=GATE %s
// GATE: FUNC WEAK HIDDEN {{.*}} __ftrace_gate

// CHECK-LABEL: {{^}}Function:
// LLVM: .cfi_startproc
// LLVM-NEXT: # %bb.0:
// LLVM-NEXT: #APP
// LLVM-NEXT: .option push
// LLVM-NEXT: .option norvc
// LLVM-NEXT: .option norelax
// LLVM-NEXT: auipc t0, %pcrel_hi(__ftrace_gate)
// LLVM-NEXT: [[PAD:.Lftrace_pad0]]:
// LLVM-NEXT: nop
// LLVM-NEXT: .option pop
// LLVM-NEXT: .section __ftrace_sites,"ao",@progbits,[[PAD]]
// LLVM-NEXT: .p2align 2
// LLVM-NEXT: [[HERE:.Ltmp[0-9]+]]:
// LLVM-NEXT: .word [[PAD]]-{{[(]?}}[[HERE]]
// LLVM-NEXT: .word (([[PAD]]-Function)<<16)+136
// LLVM-NEXT: .text
//
// GCC: .cfi_startproc
// GCC-NEXT: .option push
// GCC-NEXT: .option norvc
// GCC-NEXT: .option norelax
// GCC-NEXT: auipc t0, %pcrel_hi(__ftrace_gate)
// GCC-NEXT: [[PAD:.Lftrace_pad0]]:
// GCC-NEXT: nop
// GCC-NEXT: .option pop
// GCC-NEXT: .pushsection __ftrace_sites,"ao?",%progbits,[[PAD]]
// GCC-NEXT: .p2align 2
// GCC-NEXT: .long [[PAD]]-.
// GCC-NEXT: .long (([[PAD]]-Function)<<16)+[[#0x8000000+136]]
// GCC-NEXT: .popsection
//
// BYTES-LABEL: <Function>:
// BYTES-NEXT: {{[0-9a-f]+}}: 00000297 auipc t0, 0x0
// BYTES-NEXT: R_RISCV_PCREL_HI20 __ftrace_gate
// BYTES-EMPTY:
// BYTES-NEXT: <.Lftrace_pad0>:
// BYTES-NEXT: {{[0-9a-f]+}}: 00000013 nop
// BYTES-NEXT: {{[0-9a-f]+}} addi sp, sp, -0x10
int External(int);
int Function(int x) { return External(x) + 1; }
