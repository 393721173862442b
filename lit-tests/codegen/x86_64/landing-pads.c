// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// endbr64 stays first, where an indirect call lands; four bytes that do nothing bring the pad behind
// it to a multiple of eight. A function that is only called directly needs no endbr64.
// RUN: %cc_x86_64 %plugin -O2 -fcf-protection -c %s -o %t.o
// RUN: llvm-objdump -d %t.o | FileCheck %s
// RUN: %link_target %t.o -o %t && %check_sites %t | FileCheck --check-prefix=RECORD %s
int External(int);

// CHECK-LABEL: <Function>:
// CHECK-NEXT: {{0:}} f3 0f 1e {{f[ab]}} endbr64
// CHECK: {{8:}} 67 0f 1f 44 00 00
// RECORD: pad Function {{.*}} lead=8
int Function(int x) { return External(x) + 1; }

// CHECK-LABEL: <Local>:
// CHECK-NEXT: {{0:}} 67 0f 1f 44 00 00
// RECORD: pad Local {{.*}} lead=0
static __attribute__((noinline)) int Local(int x) { return External(x) + 1; }
int CallLocal(int x) { return Local(x) + 1; }

// The module's hook is called through a pointer.
// CHECK-LABEL: <__ftrace_module_ctor>:
// CHECK-NEXT: endbr64
