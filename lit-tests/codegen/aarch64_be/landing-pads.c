// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `bti c` stays first, where an indirect call lands, and the pad is behind it; paciasp comes after
// the pad, where the return address is still plain. A function that pac-ret alone protects begins
// with the pad.
// RUN: %cc_aarch64_be %plugin -O2 -mbranch-protection=standard -c %s -o %t.o
// RUN: llvm-objdump -d --no-show-raw-insn %t.o | FileCheck --check-prefixes=BOTH,ANY %s
// RUN: %cc_aarch64_be %plugin -O2 -mbranch-protection=bti -c %s -o %t.o
// RUN: llvm-objdump -d --no-show-raw-insn %t.o | FileCheck --check-prefixes=BTI,ANY %s
// RUN: %cc_aarch64_be %plugin -O2 -mbranch-protection=pac-ret -c %s -o %t.o
// RUN: llvm-objdump -d --no-show-raw-insn %t.o | FileCheck --check-prefixes=PAC,ANY %s
int External(int);

// BOTH-LABEL: <Signs>:
// BOTH-NEXT: bti c
// BOTH-NEXT: mov x9, x30
// BOTH-NEXT: nop
// BOTH-NEXT: paciasp
// BTI-LABEL: <Signs>:
// BTI-NEXT: bti c
// BTI-NEXT: mov x9, x30
// BTI-NEXT: nop
// BTI-NEXT: {{str|stp}} x
// PAC-LABEL: <Signs>:
// PAC-NEXT: mov x9, x30
// PAC-NEXT: nop
// PAC-NEXT: paciasp
int Signs(int x) { return External(x) + 1; }

// BOTH-LABEL: <Leaf>:
// BOTH-NEXT: bti c
// BOTH-NEXT: mov x9, x30
// BOTH-NEXT: nop
// BOTH-NEXT: add w0
// PAC-LABEL: <Leaf>:
// PAC-NEXT: mov x9, x30
// PAC-NEXT: nop
// PAC-NEXT: add w0
int Leaf(int x) { return x + 1; }

// The module's hook is called through a pointer.
// ANY-LABEL: <__ftrace_module_ctor>:
// ANY-NEXT: bti c
