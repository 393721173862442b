// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pad lies within one aligned unit of four bytes, whatever comes before it and however little
// the level cares; what the source asks for beyond that stays. check_sites verifies the pads, and
// the object says what its section wants of the linker.
// RUN: for flags in -O0 -O2 -Os -Oz "-Os -ffunction-sections" "-Os -falign-functions=1"; do \
// RUN:   %cc_mips64 %plugin $flags -c %s -o %t.o || exit 1; \
// RUN:   llvm-readelf -S %t.o | FileCheck --check-prefix=SECTION %s || exit 1; \
// RUN:   %link_target %t.o -o %t && %check_sites %t | FileCheck %s || exit 1; \
// RUN: done

// SECTION: .text{{.*}} AX 0 0 {{4|8|16|32|64}}{{$}}
// CHECK: pad Odd at={{.*}} lead=0 kind=0
// The body is a multiple of four bytes and of nothing more.
void Odd(void) { __asm__ volatile("nop"); }

// CHECK: pad Following at={{.*}} lead=0 kind=0
int Following(int x) { return x + 1; }

// CHECK: pad Aligned at=0x{{[0-9a-f]*[048c]}}0 lead=0 kind=0
__attribute__((aligned(64))) int Aligned(int x) { return x + 2; }

// CHECK: pad Unaligned at={{.*}} lead=0 kind=0
#ifdef __clang__  // GCC takes no less than an instruction needs.
__attribute__((aligned(1)))
#endif
int Unaligned(int x) {
  return x + 3;
}
