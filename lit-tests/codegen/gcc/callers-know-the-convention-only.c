// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A caller keeps nothing in a register that its local callee may clobber but does not, and aligns the
// stack, if the callee has a pad. Without one it still does as GCC likes.
// RUN: %cc -O2 -S %s -o - | FileCheck --check-prefix=NARROW %s
// RUN: %cc %plugin -O2 -fplugin-arg-libftrace-notrace=Callee -S %s -o - | FileCheck --check-prefix=NARROW %s
// NARROW:     {{^}}Caller:
// NARROW-NOT: {{push|sub}}q
// NARROW:     call{{[[:space:]]+}}Callee
// NARROW-NOT: {{push|sub}}q
// NARROW:     {{^}}OddCaller:
// NARROW-NOT: {{push|sub}}q
// NARROW:     call{{[[:space:]]+}}Callee
//
// RUN: for flags in -O2 -O3 "-O2 -fno-ipa-ra" "-O2 -fno-ipa-stack-alignment" "-O1 -DOPTIMIZED" \
// RUN:     "-O2 -DOPTIMIZED -fno-ipa-ra -fno-ipa-stack-alignment"; do \
// RUN:   %cc %plugin $flags -S %s -o - | sed 's/[ \t][ \t]*/ /g' > %t.s && FileCheck --check-prefix=WIDE %s < %t.s \
// RUN:     || { echo "with $flags"; exit 1; }; \
// RUN: done
// Three values and 16-aligned: the return address and three words.
// WIDE:      {{^}}Caller:
// WIDE-NOT:  call
// WIDE:      pushq
// WIDE-NOT:  call
// WIDE:      pushq
// WIDE-NOT:  call
// WIDE:      {{pushq|subq \$8}}
// WIDE:      call Callee
// WIDE:      {{^}}OddCaller:
// WIDE-NOT:  call
// WIDE:      subq $8, %rsp
// WIDE:      call Callee
//
// What is linked with -flto is compiled by the link.
// RUN: %cc %plugin -O2 -flto -fPIC -c %s -o %t.o 2> %t.txt
// RUN: %cc %plugin -O2 -flto -shared -nostdlib %t.o -o %t && llvm-objdump -d --no-show-raw-insn %t > %t.s
// RUN: FileCheck --check-prefix=LINK %s < %t.s
// LINK:      <Caller>:
// LINK-NOT:  call
// LINK:      pushq
// LINK-NOT:  call
// LINK:      pushq
// LINK:      call{{.*}} <Callee>
// LINK:      <OddCaller>:
// LINK-NOT:  call
// LINK:      subq $0x8, %rsp
// LINK:      call{{.*}} <Callee>
#ifdef OPTIMIZED
#define OPTIONS __attribute__((optimize("O3", "ipa-ra", "ipa-stack-alignment")))
#else
#define OPTIONS
#endif
long state;
OPTIONS __attribute__((noinline)) static long Callee(long x) {
  state = x;
  return x + 3;
}
OPTIONS long Caller(long a, long b, long c) {
  const long result = Callee(a);
  return result + 2 * b + 3 * c;
}
OPTIONS long OddCaller(long a) { return Callee(a) + 1; }
