// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A thunk is entered like any function and has a pad; its kind says that it is none of the source's.
// One that GCC prints as a jump in assembly is none of its functions and has no pad; where it inlines
// into the thunk, that becomes one.
// RUN: for level in -O0 -O2; do \
// RUN:   %cxx %plugin $level -fPIC -c %s -o %t.o || exit 1; \
// RUN:   %link %t.o -o %t && %check_sites %t | FileCheck %prefixes %s || exit 1; \
// RUN: done
struct First {
  virtual int One();
  long field;
};
struct Second {
  virtual int Two();
  virtual Second* Clone();
};
struct Base : virtual Second {};
struct Both : First, Base {
  int One() override;
  int Two() override;
  Both* Clone() override;
};

// CHECK-DAG: pad _ZN4Both3OneEv at={{.*}} kind=0
int Both::One() { return 1; }
// CHECK-DAG: pad _ZN4Both3TwoEv at={{.*}} kind=0
// GCC-DAG: {{bare _ZTv0_n24_N4Both3TwoEv$|pad _ZTv0_n24_N4Both3TwoEv at=.* kind=3}}
// LLVM-DAG: pad _ZTv0_n24_N4Both3TwoEv at={{.*}} kind=3
int Both::Two() { return 2; }
// CHECK-DAG: pad _ZN4Both5CloneEv at={{.*}} kind=0
// CHECK-DAG: pad _ZTc{{.*}}5CloneEv at={{.*}} kind=3
Both* Both::Clone() { return this; }
