// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A record has eight bytes, read-only, linked to the section of its function, and in the group of
// a function that has one: where the linker drops the function it drops the record. One
// relocation of 32 bits relative to its place, which no dynamic linker has to look at.
// RUN: %cxx_s390x %plugin -O2 -fPIC -ffunction-sections -c %s -o %t.o
// RUN: llvm-readelf -Sg %t.o | FileCheck %s
// RUN: llvm-objdump -r %t.o | FileCheck --check-prefix=RELOC %s
// RUN: ld.lld -shared %t.o -o %t.so && %check_sites --compiler %t.so \
// RUN:   | FileCheck --check-prefix=%COMPILER %s

// CHECK-DAG: [[#TEXT:]]] .text._Z5Plaini PROGBITS
// CHECK-DAG: __ftrace_sites PROGBITS {{.*}} 000008 00 AL [[#TEXT]] 0 4
// CHECK-DAG: .note.ftrace NOTE {{.*}} 000024 00 AGR
// CHECK-DAG: [[#INLINE:]]] .text._Z6Inlinei PROGBITS
// CHECK-DAG: [[#RECORD:]]] __ftrace_sites PROGBITS {{.*}} 000008 00 ALG [[#INLINE]] 0 4
// CHECK-DAG: COMDAT group section {{.*}} [__ftrace_note_1]
// CHECK-DAG: COMDAT group section {{.*}} [_Z6Inlinei]
// CHECK-DAG: [ [[#INLINE]]] .text._Z6Inlinei
// CHECK-DAG: [ [[#RECORD]]] __ftrace_sites
//
// RELOC: RELOCATION RECORDS FOR [__ftrace_sites]:
// RELOC-NEXT: OFFSET
// RELOC-NEXT: {{^0+}} R_390_PC32 .text._Z{{5Plain|6Inline}}i
// RELOC-EMPTY:
//
// LLVM-DAG: pad _Z5Plaini at={{.*}} compiler=llvm
// LLVM-DAG: pad _Z6Inlinei at={{.*}} compiler=llvm
// GCC-DAG: pad _Z5Plaini at={{.*}} compiler=gcc
// GCC-DAG: pad _Z6Inlinei at={{.*}} compiler=gcc
inline __attribute__((noinline)) int Inline(int x) { return x + 1; }
int Plain(int x) { return Inline(x) * 2; }
