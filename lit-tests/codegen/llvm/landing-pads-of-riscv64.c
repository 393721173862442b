// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// lpad stays first, where an indirect call lands. Clang knows it from 20 on.
// RUN: if test %major -ge 20; then \
// RUN:   %clang %target_riscv64 %plugin -O2 -menable-experimental-extensions \
// RUN:     -march=rv64gc_zicfilp1p0 -fcf-protection=branch -c %s -o %t.o || exit 1; \
// RUN:   llvm-objdump -d %t.o | FileCheck %s || exit 1; \
// RUN:   %link_target %t.o -o %t && %check_sites %t | FileCheck --check-prefix=RECORD %s; \
// RUN: else \
// RUN:   not %clang %target_riscv64 -fcf-protection=branch -c %s -o %t.o; \
// RUN: fi
int External(int);

// CHECK-LABEL: <Function>:
// CHECK-NEXT: lpad
// CHECK-NEXT: auipc t0
// CHECK: nop
// CHECK-NEXT: addi sp, sp
// RECORD: pad Function {{.*}} lead=8
int Function(int x) { return External(x) + 1; }
