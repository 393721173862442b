// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `ftrace check` passes whatever the plugin and the linkers make of a file.

// RUN: rm -rf %t && mkdir %t
// RUN: %cc -O2 -fPIC -ffunction-sections %plugin -c %s -o %t/a.o
// RUN: %cc -O0 -fPIC -fcf-protection %plugin -DSECOND -c %s -o %t/b.o
// RUN: ar rcs %t/lib.a %t/a.o %t/b.o
// RUN: ld -r %t/a.o %t/b.o -o %t/both.o
// RUN: %cc %t/a.o %t/b.o -o %t/prog
// RUN: %cc %lld %t/a.o %t/b.o -o %t/prog-lld
// RUN: %cc -static %t/a.o %t/b.o -o %t/prog-static
// RUN: %cc -shared -Wl,-z,pack-relative-relocs -Wl,--gc-sections %t/a.o %t/b.o -o %t/lib.so
// RUN: %ftrace check %t/a.o %t/b.o %t/lib.a %t/both.o %t/prog %t/prog-lld %t/prog-static %t/lib.so > %t/out
// RUN: FileCheck %s < %t/out

// Without symbols what can be checked is checked.
// RUN: strip %t/prog -o %t/prog-stripped
// RUN: %ftrace check %t/prog-stripped | FileCheck --check-prefix=STRIPPED %s

// One wrong byte in one pad.
// RUN: %python %S/Inputs/flip_pad.py %t/prog %t/prog-broken
// RUN: not %ftrace check %t/prog-broken 2>&1 | FileCheck --check-prefix=BROKEN %s
// RUN: %ftrace list %t/prog-broken | FileCheck --check-prefix=LIST %s

#ifdef SECOND
int second(int value) { return value + 2; }
#else
int second(int value);
int first(int value) { return value + 1; }
int main(void) { return first(1) + second(2) - 6; }
#endif

// CHECK:      a.o: 2 of 2 functions have pads, all good
// CHECK-NEXT: b.o: 1 of 1 functions have pads, all good
// CHECK-NEXT: lib.a(a.o): 2 of 2 functions have pads, all good
// CHECK-NEXT: lib.a(b.o): 1 of 1 functions have pads, all good
// CHECK-NEXT: both.o: note: {{[0-9]+}} records are not linked to the section of their pad
// CHECK-NEXT: both.o: 3 of 3 functions have pads, all good
// CHECK-NEXT: prog: 3 of {{[0-9]+}} functions have pads, all good
// CHECK-NEXT: prog-lld: 3 of {{[0-9]+}} functions have pads, all good
// CHECK-NEXT: prog-static: 3 of {{[0-9]+}} functions have pads, all good
// CHECK-NEXT: lib.so: 3 of {{[0-9]+}} functions have pads, all good
// CHECK-NOT:  {{.}}

// STRIPPED:      prog-stripped: note: no .symtab:
// STRIPPED-NEXT: prog-stripped: {{.*}}all good

// BROKEN:     prog-broken: {{first|second|main}}: pad bytes {{.*}} instead of 67 0f 1f 44 00 00{{$}}
// BROKEN-NOT: {{.}}

// LIST:      cannot be patched: pad bytes
// LIST-COUNT-2: off
