// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad raises the alignment of a function, and never lowers what the source asks for.
// RUN: for level in -O0 -O2 -Os; do \
// RUN:   %cc %plugin $level -c %s -o %t.o || exit 1; \
// RUN:   %link %t.o -o %t && %check_sites %t | FileCheck %s || exit 1; \
// RUN:   %cc %plugin $level -fcf-protection -c %s -o %t.o || exit 1; \
// RUN:   %link %t.o -o %t && %check_sites %t | FileCheck --check-prefix=CF %s || exit 1; \
// RUN: done

int Before(void) { return 1; }

// CHECK: pad Aligned at=0x{{[0-9a-f]*[048c]}}0 lead=0
// CF: pad Aligned at=0x{{[0-9a-f]*[048c]}}8 lead=8
__attribute__((aligned(64))) int Aligned(void) { return 2; }

// CHECK: pad Unaligned at=
// CF: pad Unaligned at=
__attribute__((aligned(1))) int Unaligned(void) { return 3; }
