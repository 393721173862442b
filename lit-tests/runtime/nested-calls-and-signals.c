// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callback that calls traced functions sees one nested level and no more; a signal handler that
// interrupts a callback has its calls delivered; inside a callback waiting is refused and
// unregistering does not wait (C1-C3, C6, A3).
// RUN: %cc -O2 %plugin %s %include -I%S/Inputs %runtime -o %t
// RUN: %t
#include <errno.h>
#include <signal.h>
#include <sys/time.h>

#include "check.h"

static volatile long f_runs, g_runs, f_calls, g_calls, depth, deepest;

TRACED void f(void) {
  ++f_runs;
  __asm__ volatile("");
}
TRACED void g(void) {
  ++g_runs;
  __asm__ volatile("");
}

FTRACE_NOTRACE static void always_recurse(unsigned long ip, unsigned long parent_ip,
                                          struct ftrace_ops* ops, struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)ops, (void)fregs;
  ++f_calls;
  if (++depth > deepest) deepest = depth;
  f();
  --depth;
}

FTRACE_NOTRACE static void recurse_once(unsigned long ip, unsigned long parent_ip,
                                        struct ftrace_ops* ops, struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)fregs;
  long* runs = ops->private_data;
  if (++*runs == 1) g();
}

FTRACE_NOTRACE static void check_recursion(void) {
  struct ftrace_ops ops = {.func = always_recurse};
  CHECK_EQ(FILTER(&ops, "f"), 0);
  CHECK_EQ(register_ftrace_function(&ops), 0);
  f();
  CHECK_EQ(f_calls, 2);
  CHECK_EQ(f_runs, 3); /* the third runs, but is not delivered */
  CHECK_EQ(deepest, 2);
  f();
  CHECK_EQ(f_calls, 4);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  ftrace_free_filter(&ops);

  long runs = 0;
  struct ftrace_ops guarded = {.func = recurse_once, .private_data = &runs};
  CHECK_EQ(FILTER(&guarded, "f"), 0); /* g is not traced, so the guard is never needed */
  CHECK_EQ(register_ftrace_function(&guarded), 0);
  f();
  CHECK_EQ(runs, 1);
  CHECK_EQ(unregister_ftrace_function(&guarded), 0);
  ftrace_free_filter(&guarded);
}

static volatile sig_atomic_t handled;
static volatile long in_callback;

FTRACE_NOTRACE static void on_signal(int signal) {
  (void)signal;
  ++handled;
  g();
}

FTRACE_NOTRACE static void raise_inside(unsigned long ip, unsigned long parent_ip,
                                        struct ftrace_ops* ops, struct ftrace_regs* fregs) {
  (void)parent_ip, (void)ops, (void)fregs;
  if (ip == ftrace_location((unsigned long)g)) {
    ++g_calls;
    return;
  }
  ++in_callback;
  raise(SIGUSR1); /* the handler calls g, which is traced */
}

FTRACE_NOTRACE static void check_signal_in_callback(void) {
  struct ftrace_ops ops = {.func = raise_inside};
  CHECK(signal(SIGUSR1, on_signal) != SIG_ERR);
  CHECK_EQ(FILTER(&ops, "[fg]"), 0);
  CHECK_EQ(register_ftrace_function(&ops), 0);
  for (int i = 0; i < 100; ++i) f();
  CHECK_EQ(in_callback, 100);
  CHECK_EQ(handled, 100);
  CHECK_EQ(g_calls, 100);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  ftrace_free_filter(&ops);
}

static volatile long f_seen, g_seen, f_made, g_made;

FTRACE_NOTRACE static void count_each(unsigned long ip, unsigned long parent_ip,
                                      struct ftrace_ops* ops, struct ftrace_regs* fregs) {
  (void)parent_ip, (void)fregs;
  if (ip == *(unsigned long*)ops->private_data) {
    ++f_seen;
  } else {
    ++g_seen;
  }
}

FTRACE_NOTRACE static void call_g(int signal) {
  (void)signal;
  ++g_made;
  g();
}

/* A timer interrupts the thread anywhere: before the bracket, in stub, trampoline, callback, exit. */
FTRACE_NOTRACE static void check_signals_anywhere(void) {
  unsigned long pad = ftrace_location((unsigned long)f);
  struct ftrace_ops ops = {.func = count_each, .private_data = &pad};
  const struct itimerval often = {{0, 50}, {0, 50}}, never = {{0, 0}, {0, 0}};
  CHECK_EQ(register_ftrace_function(&ops), 0);
  CHECK(signal(SIGALRM, call_g) != SIG_ERR);
  CHECK_EQ(setitimer(ITIMER_REAL, &often, NULL), 0);
  while (g_made < 3000) {
    ++f_made;
    f();
  }
  CHECK_EQ(setitimer(ITIMER_REAL, &never, NULL), 0);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  CHECK_EQ(f_seen, f_made);
  CHECK_EQ(g_seen, g_made);
}

static volatile int synchronize_result, unregister_result;
static struct ftrace_ops self;

FTRACE_NOTRACE static void unregister_itself(unsigned long ip, unsigned long parent_ip,
                                             struct ftrace_ops* ops, struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)fregs;
  ++f_seen;
  synchronize_result = ftrace_synchronize_tasks();
  unregister_result = unregister_ftrace_function(ops);
}

FTRACE_NOTRACE static void check_unregister_from_callback(void) {
  f_seen = 0;
  self.func = unregister_itself;
  for (long i = 1; i <= 3; ++i) {
    CHECK_EQ(register_ftrace_function(&self), 0);
    f();
    f();
    CHECK_EQ(f_seen, i);
    CHECK_EQ(synchronize_result, -EDEADLK);
    CHECK_EQ(unregister_result, 0);
  }
  CHECK_EQ(ftrace_synchronize_tasks(), 0);
}

FTRACE_NOTRACE int main(void) {
  check_recursion();
  check_signal_in_callback();
  check_signals_anywhere();
  check_unregister_from_callback();
  return 0;
}
