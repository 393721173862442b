// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Functions of one section share a section of records; each section that a linker may drop by itself
// has its own.
// RUN: %cc %plugin -O2 -c %s -o %t.o && llvm-readelf -SW %t.o | FileCheck --check-prefix=ONE %s
// RUN: %cc %plugin -O2 -ffunction-sections -c %s -o %t.o
// RUN: llvm-readelf -SW %t.o | FileCheck --check-prefix=EACH %s

// Of .text, .text.unlikely. and own, beside the empty section of the note.
// ONE: ] .text {{ *}}PROGBITS
// ONE-COUNT-4: ] __ftrace_sites {{ *}}PROGBITS
// ONE-NOT: ] __ftrace_sites {{ *}}PROGBITS
// EACH-COUNT-5: ] __ftrace_sites {{ *}}PROGBITS
// EACH-NOT: ] __ftrace_sites {{ *}}PROGBITS
int First(int x) { return x + 1; }
int Second(int x) { return x + 2; }
__attribute__((cold)) int Cold(int x) { return x + 3; }
__attribute__((section("own"))) int Own(int x) { return x + 4; }
