// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An object without a padded function, and whatever is made without code generation, is as without
// the plugin: nothing is printed, no further file is written. Options are checked all the same
// where the source is parsed; Clang's -E hands none to a plugin.
// RUN: rm -rf %t && mkdir -p %t
// RUN: make() { mkdir out && \
// RUN:   %cc $1 -O2 -DEMPTY -c %s -o out/empty.o 2>> out/printed && \
// RUN:   %cc $1 -E %s -o out/a.i 2>> out/printed && \
// RUN:   %cc $1 -fsyntax-only %s 2>> out/printed && \
// RUN:   %cc $1 -fsyntax-only -flto %s 2>> out/printed && \
// RUN:   { [ %COMPILER = GCC ] || %cc $1 -fsyntax-only --target=sparc-linux-gnu %s 2>> out/printed; } && \
// RUN:   %cc $1 -x c-header %s -o out/header.pch 2>> out/printed; \
// RUN: }
// RUN: cd %t && make %plugin && mv out with && make '' && mv out without && count 0 < with/printed
// No two precompiled headers of GCC are the same.
// RUN: if [ %COMPILER = GCC ]; then rm with/header.pch without/header.pch; fi
// RUN: diff -r with without
// RUN: not %cc %plugin -fplugin-arg-libftrace-flter=a -fsyntax-only %s 2>&1 | FileCheck %s
// CHECK: error: ftrace: unknown option 'flter'
#ifndef EMPTY
__attribute__((no_instrument_function)) int Hidden(int x) { return x; }
int Function(int x) { return x; }
#endif
int variable = 3;
