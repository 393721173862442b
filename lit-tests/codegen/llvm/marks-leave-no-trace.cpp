// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// That a function is not traced changes nothing but its pad: local functions that are inlined or
// unused vanish, and optimisation sees no further use. Annotations of the user stay.
// RUN: for level in -O0 -O2; do \
// RUN:   %clangxx $level -S -emit-llvm %s -o - > %t.without || exit 1; \
// RUN:   %clangxx %plugin $level -fplugin-arg-libftrace-notrace-file='*' -S -emit-llvm %s -o - \
// RUN:     > %t.with || exit 1; \
// RUN:   diff %t.without %t.with || exit 1; \
// RUN:   %clangxx %plugin $level -fplugin-arg-libftrace-notrace='*' -S -emit-llvm %s -o - \
// RUN:     > %t.with || exit 1; \
// RUN:   diff %t.without %t.with || exit 1; \
// RUN: done
// RUN: FileCheck %s < %t.with
// CHECK: llvm.global.annotations
// CHECK-NOT: ftrace
// CHECK: define {{.*}}Outside
#define NOTRACE __attribute__((no_instrument_function))
NOTRACE static int Inlined(int x) { return x + 1; }
NOTRACE static int Unused(int x) { return x + 2; }
NOTRACE __attribute__((noinline)) static int Local(int x, int) { return x * 3; }
NOTRACE __attribute__((annotate("ours"))) int Annotated(int x) { return x; }
struct Structor {
  NOTRACE Structor() { value = 2; }
  NOTRACE ~Structor() { value = 3; }
  volatile int value;
};
int Outside(int x) {
  Structor structor;
  auto lambda = [=](int y) NOTRACE { return x * y; };
  return Inlined(x) + Local(x, 2) + lambda(3);
}
