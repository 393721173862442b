// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// No branch exchange before ARMv4T, and no nop of 32 bits in Thumb before Thumb-2: no pads, and a
// remark for who asks; neither an error of the assembler nor of -Werror.
// RUN: for flags in "-mfloat-abi=soft -march=armv4" "-mthumb -mfloat-abi=soft -march=armv6-m" \
// RUN:     "-mthumb -mfloat-abi=soft -mcpu=cortex-m0" "-mthumb -mfloat-abi=soft -march=armv5te"; do \
// RUN:   %cc_arm %plugin -Werror -O2 $flags %missed -c %s -o %t.o \
// RUN:     > %t.txt 2>&1 && FileCheck %s < %t.txt || exit 1; \
// RUN:   llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s || exit 1; \
// RUN: done
// CHECK: {{remark|missed}}: no pad in Function: its target or instruction set mode has none
// NONE-NOT: __ftrace_sites
int External(int);
int Function(int x) { return External(x) + 1; }
