// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A nested function that is reached by a static chain has a pad whose record says so, and goes by the
// name in the source; where the chain is on the stack trampolines enter behind the first byte, so
// there it has none. Leaving a nested function by goto makes its parent's frame one that is returned
// to twice.
// RUN: declare -A cc=(%each_cc)
// RUN: for target in ${!cc[@]}; do for level in -O0 -O2; do \
// RUN:   ${cc[$target]} %plugin $level -c %s -o %t.o && %link_target -z execstack %t.o -o %t && %check_sites %t > %t.txt && \
// RUN:   FileCheck %s < %t.txt || { echo "$target $level"; exit 1; }; \
// RUN:   ${cc[$target]} %plugin $level -fplugin-arg-libftrace-filter=Inner -c %s -o %t.o && \
// RUN:   %link_target -z execstack %t.o -o %t && %check_sites %t > %t.txt && \
// RUN:   FileCheck --check-prefix=FILTER %s < %t.txt || { echo "$target $level"; exit 1; }; \
// RUN: done; done
// CHECK-DAG: pad Inner.{{[0-9]+}} at={{.*}} chain
// CHECK-DAG: pad Leave.{{[0-9]+}} at={{.*}} chain
// CHECK-DAG: pad Outer at={{.*}} entry-only
// CHECK-DAG: pad Unchained.{{[0-9]+}} at=
// FILTER-DAG: pad Inner
// FILTER-DAG: bare Leave
// FILTER-DAG: bare Unchained
//
// RUN: %cc_i386 %plugin -O2 -fopt-info-missed=%t.missed -DREGPARM='__attribute__((regparm(3)))' -c %s -o %t.o
// RUN: %link_target -z execstack %t.o -o %t && %check_sites %t > %t.txt && FileCheck --check-prefix=REGPARM %s < %t.txt
// RUN: FileCheck --check-prefix=MISSED %s < %t.missed
// REGPARM-DAG: bare Inner.{{[0-9]+}}
// REGPARM-DAG: pad Leave.{{[0-9]+}} at={{.*}} chain
// MISSED: missed: no pad in Inner.{{[0-9]+}}: its static chain is on the stack
#ifndef REGPARM
#define REGPARM
#endif
int Call(REGPARM int (*callback)(int));
int Keep(int (*callback)(int));

int Outer(int base) {
  __label__ out;
  REGPARM __attribute__((noinline)) int Inner(int x) { return x + base; }
  __attribute__((noinline)) int Leave(int x) {
    if (x == base) goto out;
    return x;
  }
  __attribute__((noinline)) int Unchained(int x) { return x + 1; }
  return Call(Inner) + Keep(Leave) + Keep(Unchained);
out:
  return base;
}
