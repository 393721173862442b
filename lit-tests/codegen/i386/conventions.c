// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The conventions that Windows left, and register arguments, are conventions of C: a stub keeps what
// they pass. The record says that arguments are in registers, and that a body cannot be called in the
// place of one that removes its arguments from the stack.
// RUN: for level in -O0 -O2; do \
// RUN:   %cc_i386 %plugin $level -mgeneral-regs-only %missed -c %s -o %t.o 2> %t.told || exit 1; \
// RUN:   %link_target %t.o -o %t && %check_sites %t > %t.txt && FileCheck %s < %t.txt || exit 1; \
// RUN:   FileCheck --check-prefix=TOLD %s < %t.told || exit 1; \
// RUN: done
// CHECK-DAG: pad CDecl at={{[^ ]+}} lead=0 kind=0 stack=1{{$}}
__attribute__((cdecl)) int CDecl(int x) { return x; }
// CHECK-DAG: pad {{[^ ]*}}StdCall{{[^ ]*}} at={{.*}} stack=1 {{.*}}entry-only
__attribute__((stdcall)) int StdCall(int x) { return x; }
// CHECK-DAG: pad {{[^ ]*}}FastCall{{[^ ]*}} at={{.*}} stack=0 {{.*}}wide
__attribute__((fastcall)) int FastCall(int x) { return x; }
// CHECK-DAG: pad ThisCall at={{.*}} stack=0 {{.*}}wide
__attribute__((thiscall)) int ThisCall(int x) { return x; }
// CHECK-DAG: pad RegParm at={{.*}} stack=0 {{.*}}wide
__attribute__((regparm(3))) int RegParm(int x) { return x; }
// TOLD: {{remark|missed}}: no pad in KeepsAll: its calling convention is not that of C
// CHECK-DAG: bare KeepsAll
__attribute__((no_caller_saved_registers)) void KeepsAll(void) {}
// CHECK-DAG: bare Naked
__attribute__((naked)) void Naked(void) { __asm__("ret"); }
