// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Several tracers: each sees just its own functions, the latest registered first, and what remains
// depends only on who remains (S2-S4, A1: the kernel's self-test sequence with its exact counts).
// RUN: %cc -O2 %plugin %s %include -I%S/Inputs %runtime -o %t
// RUN: %t
#include "check.h"

static unsigned long counts[5];
enum { P1, P2, P3, DYN, G };

FTRACE_NOTRACE static void count(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                                 struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)fregs;
  ++*(unsigned long*)ops->private_data;
}

TRACED void f1(void) { __asm__ volatile(""); }
TRACED void f2(void) { __asm__ volatile(""); }

FTRACE_NOTRACE static void expect(unsigned long p1, unsigned long p2, unsigned long p3,
                                  unsigned long dyn) {
  CHECK_EQ(counts[P1], p1);
  CHECK_EQ(counts[P2], p2);
  CHECK_EQ(counts[P3], p3);
  CHECK_EQ(counts[DYN], dyn);
}

FTRACE_NOTRACE static void kernel_sequence(int with_global) {
  struct ftrace_ops ops[5];
  memset(ops, 0, sizeof(ops));
  memset(counts, 0, sizeof(counts));
  for (int i = 0; i < 5; ++i) {
    ops[i].func = count;
    ops[i].private_data = &counts[i];
  }
  CHECK_EQ(FILTER(&ops[P1], "f1"), 0);
  CHECK_EQ(FILTER(&ops[P2], "f2"), 0);
  CHECK_EQ(FILTER(&ops[P3], "f1"), 0);
  CHECK_EQ(ADD_FILTER(&ops[P3], "f2"), 0);
  for (int i = P1; i <= P3; ++i) CHECK_EQ(register_ftrace_function(&ops[i]), 0);
  if (with_global) CHECK_EQ(register_ftrace_function(&ops[G]), 0);
  f1();
  expect(1, 0, 1, 0);
  f2();
  expect(1, 1, 2, 0);
  if (with_global) CHECK_EQ(counts[G], 2);
  struct ftrace_ops* dyn = malloc(sizeof(*dyn));
  memcpy(dyn, &ops[DYN], sizeof(*dyn));
  CHECK_EQ(register_ftrace_function(dyn), 0);
  counts[G] = 0;
  f1();
  expect(2, 1, 3, 1);
  f2();
  expect(2, 2, 4, 2);
  CHECK_EQ(ADD_FILTER(&ops[P3], "!f1"), 0);
  f1();
  expect(3, 2, 4, 3);
  f2();
  expect(3, 3, 5, 4);
  if (with_global) CHECK_EQ(counts[G], 4);
  CHECK_EQ(unregister_ftrace_function(dyn), 0);
  memset(dyn, 0xa5, sizeof(*dyn));
  free(dyn);
  for (int i = P1; i <= P3; ++i) CHECK_EQ(unregister_ftrace_function(&ops[i]), 0);
  if (with_global) CHECK_EQ(unregister_ftrace_function(&ops[G]), 0);
  memset(counts, 0, sizeof(counts));
  f1();
  f1();
  expect(0, 0, 0, 0);
  CHECK_EQ(counts[G], 0);
  for (int i = P1; i <= P3; ++i) ftrace_free_filter(&ops[i]);
}

enum { MANY = 200 };
static struct ftrace_ops many[MANY];
static int registered[MANY], seen, last;

FTRACE_NOTRACE static void in_order(unsigned long ip, unsigned long parent_ip,
                                    struct ftrace_ops* ops, struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)fregs;
  const int i = (int)(ops - many);
  CHECK(registered[i] && i < last);
  last = i;
  ++seen;
}

FTRACE_NOTRACE static void call_many(int expected) {
  for (int i = 0; i < 5; ++i) {
    seen = 0;
    last = MANY;
    f1();
    CHECK_EQ(seen, expected);
  }
}

/* U7: two hundred tracers on one function, latest first, removed in a scattered order. */
FTRACE_NOTRACE static void two_hundred_on_one(void) {
  for (int i = 0; i < MANY; ++i) {
    many[i].func = in_order;
    CHECK_EQ(FILTER(&many[i], "f1"), 0);
    CHECK_EQ(register_ftrace_function(&many[i]), 0);
    registered[i] = 1;
  }
  call_many(MANY);
  for (int n = 0; n < MANY; ++n) {
    const int i = n * 77 % MANY; /* 77 and 200 have no common factor */
    CHECK_EQ(unregister_ftrace_function(&many[i]), 0);
    registered[i] = 0;
    ftrace_free_filter(&many[i]);
    call_many(MANY - 1 - n);
  }
}

FTRACE_NOTRACE int main(void) {
  unsigned char before[16], after[16];
  memcpy(before, (void*)f1, sizeof(before));
  kernel_sequence(0);
  kernel_sequence(1);
  two_hundred_on_one();
  memcpy(after, (void*)f1, sizeof(after));
  CHECK(memcmp(before, after, sizeof(before)) == 0);
  return 0;
}
