// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Names that the assembler wants quoted, that hold `$` or are marked as "not to be mangled". GCC
// quotes none, with or without the plugin.
// RUN: %cc %plugin -O2 -c %s -o %t.o
// RUN: %link %t.o -o %t && %check_sites %t | FileCheck %prefixes %s
// RUN: %cc %plugin -O2 -S %s -o %t.s && %cc -c %t.s -o %t.2.o && cmp %t.o %t.2.o
// RUN: %cc %plugin $(test %COMPILER = GCC || echo -fno-integrated-as) -O2 -c %s -o %t.3.o
// RUN: %link %t.3.o -o %t && %check_sites %t | FileCheck %prefixes %s

// CHECK-DAG: pad dollar$name$$0
int Dollar(int x) __asm__("dollar$name$$0");
int Dollar(int x) { return x; }
// CHECK-DAG: pad grün
int grün(int x) { return x + 4; }
// CHECK-DAG: pad dot.name
int Dot(int x) __asm__("dot.name");
int Dot(int x) { return x + 5; }
#ifdef __clang__
// LLVM-DAG: pad with blank
int Blank(int x) __asm__("with blank");
int Blank(int x) { return x + 1; }
// LLVM-DAG: pad a-b+c
int Operators(int x) __asm__("a-b+c");
int Operators(int x) { return x + 2; }
// LLVM-DAG: pad {b|r}ace
int Braces(int x) __asm__("{b|r}ace");
int Braces(int x) { return x + 3; }
#endif
