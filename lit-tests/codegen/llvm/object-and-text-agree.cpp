// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// On x86 an object file gets pads and records without text. They are those of -S, with whatever
// else is at the entry of functions, splits them or puts passes in between; and each goes with its
// section when a linker drops that. A whole object takes one piece of text, the note.
// RUN: for target in "%target_x86_64" "%target_i386"; do \
// RUN:   for flags in "" -g "-O0 -g" -fcf-protection -fPIC -ffunction-sections \
// RUN:       "-ffunction-sections -fno-unique-section-names" "-g -fbasic-block-sections=all" \
// RUN:       "-pg -mfentry" "-mllvm -enable-machine-outliner=always"; do \
// RUN:     for output in "-c -o %t.c.o" "-S -o %t.s"; do \
// RUN:       %clangxx $target %plugin -O2 $flags -Qunused-arguments %s $output || exit 1; \
// RUN:     done; \
// RUN:     %clangxx $target -c %t.s -o %t.s.o || exit 1; \
// RUN:     for part in "" "--gc-sections -e _Z6Callerl"; do \
// RUN:       for kind in c s; do \
// RUN:         %link_target $part --defsym=__fentry__=0 %t.$kind.o -o %t.$kind && \
// RUN:         %check_sites %t.$kind > %t.$kind.txt || exit 1; \
// RUN:       done; \
// RUN:       diff %t.c.txt %t.s.txt && FileCheck %s < %t.c.txt || { echo "with $flags"; exit 1; }; \
// RUN:     done; \
// RUN:     case "$flags" in *sections*) ! grep Unused %t.c.txt || exit 1;; esac; \
// RUN:   done; \
// RUN:   %clangxx $target %plugin -O2 -c %s -o %t.o -mllvm -print-after=patchable-function 2>&1 | \
// RUN:     FileCheck --check-prefix=TEXT %s || exit 1; \
// RUN: done

// CHECK-DAG: pad _Z6Callerl at=
// CHECK-DAG: pad _Z6Inlinel at=
// CHECK-DAG: pad _ZL5Localll at=
// TEXT-COUNT-1: INLINEASM
// TEXT-NOT: INLINEASM
extern "C" long External(long x) { return x * x; }
inline __attribute__((noinline)) long Inline(long x) { return x > 3 ? External(x) : x; }
static __attribute__((noinline)) long Local(long x, long y) { return External(x) + y; }
long Caller(long x) { return Inline(x) + Local(x, 7); }
long Unused(long x) { return x < 0 ? External(x) + 2 : External(-x); }
