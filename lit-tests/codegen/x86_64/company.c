// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pads get along with what else wants the entry of a function, and do not take it away.
// RUN: both=(-pg "-pg -mfentry" -fsanitize=address -fsanitize=undefined -fsanitize-coverage=trace-pc \
// RUN:     -fstack-clash-protection -fstack-protector-all -finstrument-functions --coverage \
// RUN:     -mcmodel=large -masm=intel \
// RUN:     -fno-omit-frame-pointer -fprofile-generate -gsplit-dwarf -fopenmp); \
// RUN: LLVM=(-fxray-instrument -fprofile-instr-generate -mretpoline \
// RUN:     -fbasic-block-sections=all); \
// RUN: GCC=(-mindirect-branch=thunk -mindirect-branch=thunk-inline -mfunction-return=thunk \
// RUN:     -fpatchable-function-entry=2 -fpatchable-function-entry=4,2); \
// RUN: own="%COMPILER[@]"; for flags in "${both[@]}" "${!own}"; do \
// RUN:   %cc_x86_64 %plugin -O2 $flags -c %s -o %t.o || exit 1; \
// RUN:   %link %t.o -o %t && %check_sites %t > %t.txt || exit 1; \
// RUN:   FileCheck %s < %t.txt || { echo "with $flags"; exit 1; }; \
// RUN: done
// CHECK-DAG: pad Function at={{[^ ]*}} lead=0
// CHECK-DAG: pad Callee at={{[^ ]*}} lead=0
//
// What the others put at the entry is still there.
// RUN: %cc_x86_64 %plugin -O2 -pg -mfentry -c %s -o %t.o
// RUN: llvm-objdump -dr %t.o | FileCheck --check-prefix=FENTRY %s
// FENTRY: <Function>:
// FENTRY-NEXT: 67 0f 1f 44 00 00
// FENTRY: __fentry__
// RUN: %cc_x86_64 %plugin -O2 -fpatchable-function-entry=4 -c %s -o %t.o
// RUN: llvm-readelf -S %t.o | FileCheck --check-prefix=STOCK %s
// STOCK-DAG: __patchable_function_entries
// STOCK-DAG: __ftrace_sites
int External(int);
__attribute__((noinline)) int Callee(int x) { return External(x) + 1; }
int Function(int (*call)(int), int x) { return call(Callee(x)); }
