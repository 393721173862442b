// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A forked child has the same tracers and changes only its own text; threads that end in any way,
// and functions that run in key destructors, are counted and delay nobody (X1, X4, X5).
// RUN: %cc -O2 %plugin %s %include -I%S/Inputs %runtime -pthread -o %t
// RUN: %t
#include <pthread.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static atomic_long calls;
static pthread_key_t key;

FTRACE_NOTRACE static void count(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                                 struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)ops, (void)fregs;
  atomic_fetch_add(&calls, 1);
}

TRACED void f(void) { __asm__ volatile(""); }

FTRACE_NOTRACE static void in_destructor(void* value) {
  (void)value;
  f();
}

FTRACE_NOTRACE static void* end_somehow(void* arg) {
  f();
  CHECK_EQ(pthread_setspecific(key, arg), 0);
  switch ((long)arg % 3) {
    case 0:
      pthread_exit(NULL);
    case 1:
      /* Cancelled at a point of its own. */
      pthread_cancel(pthread_self());
      for (;;) pthread_testcancel();
    default:
      return NULL;
  }
}

/* Ends without libc's knowledge, so nothing releases what the thread has. */
FTRACE_NOTRACE static void* raw_exit(void* arg) {
  f();
  atomic_fetch_add((atomic_long*)arg, 1);
  syscall(SYS_exit, 0);
  return NULL;
}

FTRACE_NOTRACE static void check_thread_ends(struct ftrace_ops* ops) {
  CHECK_EQ(pthread_key_create(&key, in_destructor), 0);
  calls = 0;
  for (long i = 1; i <= 600; ++i) {
    pthread_t thread;
    CHECK_EQ(pthread_create(&thread, NULL, end_somehow, (void*)i), 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
  }
  CHECK_EQ(calls, 1200);
  atomic_long ended = 0;
  for (long i = 0; i < 50; ++i) {
    pthread_t thread;
    CHECK_EQ(pthread_create(&thread, NULL, raw_exit, &ended), 0);
    pthread_detach(thread);
  }
  while (atomic_load(&ended) != 50) sched_yield();
  CHECK_EQ(calls, 1250);
  CHECK_EQ(unregister_ftrace_function(ops), 0); /* waits for none of them */
}

FTRACE_NOTRACE static void child(struct ftrace_ops* ops) {
  const long before = calls;
  f();
  CHECK_EQ(calls, before + 1);
  CHECK_EQ(unregister_ftrace_function(ops), 0);
  f();
  CHECK_EQ(calls, before + 1);
  CHECK_EQ(register_ftrace_function(ops), 0);
  f();
  CHECK_EQ(calls, before + 2);
  _exit(0);
}

FTRACE_NOTRACE static void check_fork(struct ftrace_ops* ops) {
  unsigned char before[16], after[16];
  memcpy(before, (void*)f, sizeof(before));
  for (int i = 0; i < 20; ++i) {
    const pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) child(ops);
    int status = 0;
    CHECK_EQ(waitpid(pid, &status, 0), pid);
    CHECK_EQ(status, 0);
  }
  memcpy(after, (void*)f, sizeof(after));
  CHECK(memcmp(before, after, sizeof(before)) == 0);
}

static atomic_int stop;
FTRACE_NOTRACE static void* call_always(void* arg) {
  (void)arg;
  while (!stop) f();
  return NULL;
}
FTRACE_NOTRACE static void* change_always(void* arg) {
  struct ftrace_ops other = {.func = count};
  (void)arg;
  while (!stop) {
    CHECK_EQ(register_ftrace_function(&other), 0);
    CHECK_EQ(unregister_ftrace_function(&other), 0);
  }
  return NULL;
}

/* fork() while other threads are inside callbacks and updates: the child can use everything. */
FTRACE_NOTRACE static void check_fork_under_load(struct ftrace_ops* ops) {
  pthread_t threads[2];
  CHECK_EQ(pthread_create(&threads[0], NULL, call_always, NULL), 0);
  CHECK_EQ(pthread_create(&threads[1], NULL, change_always, NULL), 0);
  for (int i = 0; i < 50; ++i) {
    const pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
      CHECK_EQ(unregister_ftrace_function(ops), 0);
      CHECK_EQ(register_ftrace_function(ops), 0);
      const long before = calls;
      f();
      /* Once for ops; once more if the fork hit the other tracer while it was registered. */
      CHECK(calls == before + 1 || calls == before + 2);
      _exit(0);
    }
    int status = 0;
    CHECK_EQ(waitpid(pid, &status, 0), pid);
    CHECK_EQ(status, 0);
  }
  stop = 1;
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
}

FTRACE_NOTRACE int main(void) {
  struct ftrace_ops ops = {.func = count};
  CHECK_EQ(register_ftrace_function(&ops), 0);
  check_fork(&ops);
  check_fork_under_load(&ops);
  check_thread_ends(&ops);
  return 0;
}
