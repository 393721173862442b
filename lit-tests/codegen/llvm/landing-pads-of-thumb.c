// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// On a core with branch targets `bti` stays first and the pad is behind it; the return address is
// signed after the pad.
// RUN: flags="-march=armv8.1-m.main+pacbti -O2 -c %s -o %t.o"; \
// RUN: for protection in standard bti pac-ret; do \
// RUN:   %clang %target_thumb %plugin $flags -mbranch-protection=$protection || exit 1; \
// RUN:   llvm-objdump -d --no-show-raw-insn %t.o > %t.txt || exit 1; \
// RUN:   FileCheck --check-prefixes=$protection,ANY %s < %t.txt || exit 1; \
// RUN:   %link_target %t.o -o %t && %check_sites %t || exit 1; \
// RUN: done
int External(int);

// standard-LABEL: <Signs>:
// standard-NEXT: bti
// standard: nop.w
// standard-NEXT: pac r12, lr, sp
// bti-LABEL: <Signs>:
// bti-NEXT: bti
// bti: nop.w
// bti-NEXT: push
// pac-ret-LABEL: <Signs>:
// pac-ret-NEXT: nop.w
// pac-ret-NEXT: pac r12, lr, sp
int Signs(int x) { return External(x) + 1; }

// The module's hook is called through a pointer.
// ANY-LABEL: <__ftrace_module_ctor>:
// ANY-NEXT: bti
