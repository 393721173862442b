// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// endbr64 stays first, where an indirect call lands; four bytes that do nothing bring the pad behind
// it to a multiple of eight. A function that is only called directly needs no endbr64. GCC prints that
// first.
// RUN: %cc_x86_64 %plugin -O2 -fcf-protection -c %s -o %t.o
// RUN: llvm-objdump -d %t.o > %t.txt
// RUN: for prefix in FUNCTION LOCAL HOOK; do FileCheck --check-prefix=$prefix %s < %t.txt || exit 1; done
// RUN: %link_target %t.o -o %t && %check_sites %t | FileCheck --check-prefix=RECORD %s
int External(int);

// FUNCTION-LABEL: <Function>:
// FUNCTION-NEXT: {{0:}} f3 0f 1e {{f[ab]}} endbr64
// FUNCTION: {{8:}} 67 0f 1f 44 00 00
// RECORD-DAG: pad Function {{.*}} lead=8
int Function(int x) { return External(x) + 1; }

// LOCAL-LABEL: <Local>:
// LOCAL-NEXT: {{0:}} 67 0f 1f 44 00 00
// RECORD-DAG: pad Local {{.*}} lead=0
static __attribute__((noinline)) int Local(int x) { return External(x) + 1; }
int CallLocal(int x) { return Local(x) + 1; }

// The module's hook is called through a pointer.
// HOOK-LABEL: <__ftrace_module_ctor>:
// HOOK-NEXT: endbr64
