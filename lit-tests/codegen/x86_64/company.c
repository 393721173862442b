// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pads get along with what else wants the entry of a function, and do not take it away.
// RUN: for flags in "-pg" "-pg -mfentry" -fxray-instrument -fsanitize=address \
// RUN:     -fstack-clash-protection -fprofile-instr-generate -fstack-protector-all \
// RUN:     "-fsplit-stack -Wl,--defsym=__morestack_non_split=0" -finstrument-functions \
// RUN:     -fbasic-block-sections=all -mcmodel=large -mretpoline -fno-omit-frame-pointer \
// RUN:     -fsanitize=undefined -fsanitize-coverage=trace-pc; do \
// RUN:   %clang %plugin -O2 $flags -Qunused-arguments -c %s -o %t.o || exit 1; \
// RUN:   case "$flags" in *-Wl*) link="${flags#* }";; *) link=;; esac; \
// RUN:   %link $link %t.o -o %t && %check_sites %t > %t.txt || exit 1; \
// RUN:   FileCheck %s < %t.txt || { echo "with $flags"; exit 1; }; \
// RUN: done
// CHECK-DAG: pad Function at={{[^ ]*}} lead=0
// CHECK-DAG: pad Callee at={{[^ ]*}} lead=0
//
// What the others put at the entry is still there.
// RUN: %clang %plugin -O2 -pg -mfentry -c %s -o %t.o
// RUN: llvm-objdump -dr %t.o | FileCheck --check-prefix=FENTRY %s
// FENTRY: <Function>:
// FENTRY-NEXT: 67 0f 1f 44 00 00
// FENTRY: __fentry__
// RUN: %clang %plugin -O2 -fpatchable-function-entry=4 -c %s -o %t.o
// RUN: llvm-readelf -S %t.o | FileCheck --check-prefix=STOCK %s
// STOCK-DAG: __patchable_function_entries
// STOCK-DAG: __ftrace_sites
int External(int);
__attribute__((noinline)) int Callee(int x) { return External(x) + 1; }
int Function(int (*call)(int), int x) { return call(Callee(x)); }
