// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Targets that the plugin has no pads for, some of which have a near relative that it has: a remark
// says so, and the object is as without the plugin.
// RUN: for target in armeb-linux-gnueabi thumbeb-linux-gnueabi mips64-linux-gnuabin32 \
// RUN:     x86_64-linux-gnux32 powerpc64-linux-gnu powerpc-linux-gnu riscv32-linux-gnu \
// RUN:     x86_64-apple-darwin x86_64-windows-gnu wasm32-unknown-unknown; do \
// RUN:   %clang --target=$target %plugin -Werror -O2 -c %s -o %t.o > %t.txt 2>&1 || exit 1; \
// RUN:   FileCheck %s < %t.txt || exit 1; \
// RUN:   %clang --target=$target -O2 -c %s -o %t.2.o && cmp %t.o %t.2.o || exit 1; \
// RUN: done
// CHECK: remark: ftrace: no pads for target '{{.*}}': there are for ELF on
int External(int);
int Function(int x) { return External(x) + 1; }
