// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where there can be no pads a remark says so and what to do; -Werror builds stay green.
// RUN: %clang %plugin -Werror -O2 -mllvm -enable-ipra -c %s -o %t.o 2>&1 | FileCheck --check-prefix=IPRA %s
// RUN: llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s
// IPRA: remark: ftrace: no pads with interprocedural register allocation: compile without -enable-ipra
// RUN: %clang %plugin -Werror --target=armeb-linux-gnueabi -c %s -o %t.o 2>&1 | FileCheck --check-prefix=ARMEB %s
// RUN: llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s
// ARMEB: remark: ftrace: no pads for target 'armeb
// RUN: %clang %plugin -Werror -mx32 -c %s -o %t.o 2>&1 | FileCheck --check-prefix=X32 %s
// RUN: llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s
// X32: remark: ftrace: no pads for target 'x86_64{{.*}}x32'
// RUN: %clang %plugin -Werror -save-temps=obj -c %s -o %t.o 2>&1 | FileCheck --check-prefix=TEMPS %s
// RUN: llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s
// TEMPS: remark: ftrace: no pads without LLVM's passes: compile without -save-temps
// RUN: %clang %plugin -Werror -fsplit-stack -c %s -o %t.o 2>&1 | FileCheck --check-prefix=SPLIT %s
// RUN: llvm-readelf -S %t.o | FileCheck --check-prefix=NONE %s
// SPLIT: remark: ftrace: no pads with -fsplit-stack: compile without it
// NONE-NOT: __ftrace_sites
// RUN: %clang %plugin -Werror -flto=thin -c %s -o %t.o 2>&1 | FileCheck --check-prefix=LTO %s
// LTO: remark: ftrace: with -flto the linker makes the pads: link with lld and -Wl,-mllvm,-load={{.*}}/lib/libftrace.so
int Function(int x) { return x; }
