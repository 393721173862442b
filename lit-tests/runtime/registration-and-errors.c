// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Registration, filters and their errors: an error changes nothing (E1, F1, F2, F4, F7, S15).
// RUN: %cc -O2 %plugin %s %include -I%S/Inputs %runtime -o %t
// RUN: %t
#include <errno.h>

#include "check.h"

static unsigned long calls;

FTRACE_NOTRACE static void count(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                                 struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)fregs;
  ++*(unsigned long*)ops->private_data;
}

TRACED int apple(int a) {
  __asm__ volatile("");
  return a + 1;
}
TRACED int apricot(int a) {
  __asm__ volatile("");
  return a + 2;
}
TRACED int banana(int a) {
  __asm__ volatile("");
  return a + 3;
}

FTRACE_NOTRACE static unsigned long call_all(void) {
  calls = 0;
  CHECK_EQ(apple(1) + apricot(1) + banana(1), 9);
  return calls;
}

FTRACE_NOTRACE static int state_of(const struct ftrace_site_info* info, void* arg) {
  const char* name = ((const char**)arg)[0];
  CHECK_EQ(info->size, sizeof(*info));
  CHECK(info->name != NULL && info->module != NULL);
  return strcmp(info->name, name) == 0 ? (int)(info->state | info->ops << 8 | 1u << 16) : 0;
}

FTRACE_NOTRACE static int enabled(const char* name) {
  const int state = ftrace_for_each_site(state_of, &name);
  CHECK(state != 0);
  CHECK_EQ(!!(state & FTRACE_SITE_ENABLED), (state >> 8 & 0xff) != 0);
  return state & FTRACE_SITE_ENABLED;
}

FTRACE_NOTRACE static int change_inside(const struct ftrace_site_info* info, void* arg) {
  (void)info;
  CHECK_EQ(register_ftrace_function(arg), -EDEADLK);
  CHECK_EQ(FILTER(arg, "apple"), -EDEADLK);
  CHECK_EQ(ftrace_site_count(), 3);
  return 7;
}

FTRACE_NOTRACE static void check_errors(struct ftrace_ops* ops) {
  struct ftrace_ops none = {0};
  CHECK_EQ(register_ftrace_function(&none), -EINVAL);
  CHECK_EQ(register_ftrace_function(NULL), -EINVAL);
  none.func = count;
  none.flags = 1UL << 60;
  CHECK_EQ(register_ftrace_function(&none), -EINVAL);
  CHECK_EQ(ftrace_for_each_site(change_inside, ops), 7); /* stops at the first non-zero result */
  CHECK_EQ(unregister_ftrace_function(ops), -EBUSY);
  CHECK_EQ(FILTER(ops, "no_such_function*"), -EINVAL);
  CHECK_EQ(ftrace_set_filter(ops, "apple", 0, 1), -EINVAL);
  CHECK_EQ(ftrace_set_filter(ops, "apple", -1, 1), -EINVAL);
}

FTRACE_NOTRACE static void check_filters(struct ftrace_ops* ops) {
  CHECK_EQ(FILTER(ops, "ap*"), 0);
  CHECK_EQ(register_ftrace_function(ops), 0);
  CHECK_EQ(register_ftrace_function(ops), -EBUSY);
  CHECK_EQ(call_all(), 2);
  CHECK_EQ(FILTER(ops, "no_such_function"), -EINVAL); /* the old filter stays */
  CHECK_EQ(call_all(), 2);
  CHECK_EQ(ADD_FILTER(ops, "*nan*"), 0);
  CHECK_EQ(call_all(), 3);
  CHECK_EQ(FILTER(ops, "[a-c]*?an*"), 0);
  CHECK_EQ(call_all(), 1);
  CHECK(enabled("banana") && !enabled("apple"));
  CHECK_EQ(FILTER(ops, "a*"), 0);
  CHECK_EQ(NOTRACE(ops, "*cot"), 0);
  CHECK_EQ(call_all(), 1);
  CHECK(enabled("apple") && !enabled("apricot"));
  CHECK_EQ(ftrace_set_notrace(ops, NULL, 0, 1), 0);
  CHECK_EQ(ADD_FILTER(ops, "!apple"), 0);
  CHECK_EQ(call_all(), 1);
  CHECK_EQ(ADD_FILTER(ops, "!apricot"), 0); /* the last entry: now nothing matches */
  CHECK_EQ(call_all(), 0);
  CHECK_EQ(ftrace_set_filter(ops, NULL, 0, 1), 0);
  CHECK_EQ(call_all(), 3);
}

FTRACE_NOTRACE int main(void) {
  struct ftrace_ops ops = {.func = count, .private_data = &calls};
  CHECK_EQ(ftrace_site_count(), 3);
  const unsigned long pad = ftrace_location((unsigned long)apple);
  CHECK(pad >= (unsigned long)apple && pad < (unsigned long)apple + 16);
  CHECK_EQ(ftrace_location(pad + 3), pad);
  CHECK_EQ(ftrace_location(pad + 9), 0);
  CHECK_EQ(ftrace_location((unsigned long)main), 0);
  CHECK_EQ(call_all(), 0);
  check_errors(&ops);
  check_filters(&ops);
  ftrace_free_filter(&ops); /* registered: a warning, unchanged */
  CHECK_EQ(call_all(), 3);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  CHECK_EQ(unregister_ftrace_function(&ops), -EBUSY);
  CHECK_EQ(call_all(), 0);
  CHECK(!enabled("apple") && !enabled("apricot") && !enabled("banana"));
  ftrace_free_filter(&ops);
  CHECK_EQ(ftrace_is_dead(), 0);
  return 0;
}
