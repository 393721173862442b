// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every function has its pad first, or behind endbr64 and filler, whatever the level and the way
// sections and debug information are made; check_sites verifies bytes and alignment.
// RUN: for level in -O0 -O1 -O2 -O3 -Os; do for sections in "" -ffunction-sections; do \
// RUN:   for other in -fno-pic "-g -fPIC"; do \
// RUN:     %clang %plugin $level $sections $other -c %s -o %t.o || exit 1; \
// RUN:     %link %t.o -o %t || exit 1; \
// RUN:     %check_sites %t | FileCheck %s || exit 1; \
// RUN:     %clang %plugin -fcf-protection $level $sections $other -c %s -o %t.o || exit 1; \
// RUN:     %link %t.o -o %t || exit 1; \
// RUN:     %check_sites %t | FileCheck --check-prefix=CF %s || exit 1; \
// RUN: done; done; done

int variable;
int Callee(int);

// CHECK-DAG: pad Leaf at={{.*}} lead=0 kind=0
// CF-DAG: pad Leaf at={{.*}} lead=8 kind=0
int Leaf(int x) { return x + 1; }

// CHECK-DAG: pad Loop at={{.*}} lead=0 kind=0
// CF-DAG: pad Loop at={{.*}} lead=8 kind=0
int Loop(int n) {
  do {
    variable += Callee(n);
  } while (n-- > 0);
  return variable;
}

// CHECK-DAG: pad BigFrame at={{.*}} lead=0 kind=0
// CF-DAG: pad BigFrame at={{.*}} lead=8 kind=0
int BigFrame(int x) {
  volatile char array[70000];
  array[x] = 1;
  return Callee(array[0]);
}

// CHECK-DAG: pad Empty at={{.*}} lead=0 kind=0
// CF-DAG: pad Empty at={{.*}} lead=8 kind=0
void Empty(void) {}

// CHECK-DAG: pad TailCall at={{.*}} lead=0 kind=0
// CF-DAG: pad TailCall at={{.*}} lead=8 kind=0
int TailCall(int x) { return Callee(x); }

// A static function that is called directly only has no endbr64, so its pad is first again.
// CHECK-DAG: pad Local at={{.*}} lead=0 kind=0
// CF-DAG: pad Local at={{.*}} lead={{0|8}} kind=0
static __attribute__((noinline)) int Local(int x) { return Callee(x) + 1; }
int UseLocal(int x) { return Local(x) * 2; }
