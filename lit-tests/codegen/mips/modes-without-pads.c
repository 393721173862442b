// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// MIPS16 and microMIPS have instructions of 16 bits: no pads, and a remark for who asks, also where
// only one function is in that mode.
// RUN: for flags in -mips16 -mmicromips; do \
// RUN:   %cc_mips %plugin -Werror -O2 $flags %missed -c %s -o %t.o \
// RUN:     > %t.txt 2>&1 && FileCheck %s < %t.txt || exit 1; \
// RUN:   llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s || exit 1; \
// RUN: done
// CHECK: {{remark|missed}}: no pad in Function: its target or instruction set mode has none
// NONE-NOT: __ftrace_sites
//
// RUN: for mode in mips16 micromips; do \
// RUN:   %cc_mips %plugin -Werror -O2 %missed -DMODE=$mode -c %s -o %t.o \
// RUN:     2>&1 | FileCheck %s || exit 1; \
// RUN:   %link_target %t.o -o %t && %check_sites %t | FileCheck --check-prefix=ONE %s || exit 1; \
// RUN: done
// ONE: pad Other
// ONE: bare {{.*}}Function
int External(int);
#ifdef MODE
#ifndef __clang__
#define External(x) ((x) * 3)  // lld cannot link GCC's calls in these modes.
#endif
int Other(int x) { return x + 1; }
__attribute__((MODE))
#endif
int Function(int x) {
  return External(x) + 1;
}
