// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An object without a padded function, and the output of -E and -fsyntax-only, are as without the
// plugin.
// RUN: %clang %plugin -O2 -DEMPTY -c %s -o %t.o && %clang -O2 -DEMPTY -c %s -o %t.2.o && cmp %t.o %t.2.o
// RUN: %clang %plugin -E %s -o %t.i && %clang -E %s -o %t.2.i && cmp %t.i %t.2.i
// RUN: %clang %plugin -fsyntax-only %s 2>&1 | count 0
#ifndef EMPTY
int Function(int x) { return x; }
#endif
int variable = 3;
