// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Callers of these rely on more than C promises, so they have no pad; that a function uses the same
// registers inside does not matter.
// RUN: for level in -O0 -O2; do \
// RUN:   %cc_aarch64 %plugin $level -march=armv8-a+sve %missed -c %s -o %t.o 2> %t.told || exit 1; \
// RUN:   %link_target %t.o -o %t && %check_sites %t > %t.txt && FileCheck %s < %t.txt || exit 1; \
// RUN:   FileCheck --check-prefix=TOLD %s < %t.told || exit 1; \
// RUN: done
// TOLD-DAG: {{remark|missed}}: no pad in VectorPcs: its calling convention is not that of C
// CHECK-DAG: bare VectorPcs
__attribute__((aarch64_vector_pcs)) int VectorPcs(int x) { return x; }
// TOLD-DAG: {{remark|missed}}: no pad in Scalable: {{its calling convention|scalable vectors}}
// CHECK-DAG: bare Scalable{{$}}
__SVInt32_t Scalable(__SVInt32_t x) { return x; }
// CHECK-DAG: bare ScalableResult
__SVBool_t ScalableResult(__SVBool_t* x) { return *x; }
// CHECK-DAG: pad ScalableByAddress
void ScalableByAddress(__SVInt32_t* x) { __asm__ volatile("" : : "r"(x)); }
// CHECK-DAG: pad Plain
int Plain(int x) { return x; }
