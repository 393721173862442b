// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// With -flto the link makes the pads: the compile step says so and what to do, in a note, so -Werror
// builds stay green. With the plugin on the link line there is nothing to tell.
// RUN: %cc %plugin -Werror -O2 -flto -c %s -o %t.o 2>&1 | FileCheck --check-prefix=LTO %s
// LTO: note: ftrace: with '-flto' the link makes the pads: link with '-fplugin={{.*}}/lib/libftrace.so'
// RUN: %cc %plugin -Werror -O2 -flto -nostdlib -static -Wl,-e,Function %t.o -o %t > %t.told 2>&1
// RUN: count 0 < %t.told
// RUN: %check_sites %t | FileCheck --check-prefix=PAD %s
// PAD: pad Function
int Function(int x) { return x; }
