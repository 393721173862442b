// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A uprobe or a debugger puts a breakpoint byte over the first byte of a function and later restores
// the byte that the file has there. On a pad, at any time, that loses at most the site's events while
// it stands, and crashes nothing (Z1). These are the bytes that perf, bpftrace and gdb write.
// RUN: %cc -O2 %plugin %include -I%S/Inputs %s %runtime -pthread -o %t
// RUN: %t
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#include "counted_function.h"

enum { BREAKPOINT = 0xcc, PAD_SIZE = 6 };

static long traps;
static int memory;
static unsigned char *pad, pristine[PAD_SIZE];

TRACED int g(int a) {
  __asm__ volatile("");
  return a + 2;
}

FTRACE_NOTRACE static void poke(unsigned offset, unsigned char byte) {
  CHECK_EQ(pwrite(memory, &byte, 1, (off_t)(pad + offset)), 1);
}

/* As a uprobe does: the instruction that the file has there, a no-op, is stepped over. */
FTRACE_NOTRACE static void on_trap(int signal, siginfo_t* info, void* context) {
  (void)signal, (void)info;
  greg_t* rip = &((ucontext_t*)context)->uc_mcontext.gregs[REG_RIP];
  CHECK_EQ(*rip, (unsigned long)pad + 1);
  *rip = (greg_t)(unsigned long)(pad + PAD_SIZE);
  ++traps;
}

FTRACE_NOTRACE static long calls_of(int n) {
  calls = 0;
  for (int i = 0; i < n; ++i) CHECK_EQ(f(i), i + 1);
  return calls;
}

FTRACE_NOTRACE static int is_shadowed(const struct ftrace_site_info* info, void* arg) {
  return info->ip == (unsigned long)arg ? 1 + !!(info->state & FTRACE_SITE_SHADOWED) : 0;
}
FTRACE_NOTRACE static int shadowed(void) { return ftrace_for_each_site(is_shadowed, pad) == 2; }

/* Comes and goes while the site is on: the prefix byte is the same in both forms of the pad. */
FTRACE_NOTRACE static void come_and_go_while_enabled(struct ftrace_ops* ops) {
  CHECK_EQ(register_ftrace_function(ops), 0);
  for (int i = 0; i < 50; ++i) {
    poke(0, BREAKPOINT);
    traps = 0;
    CHECK_EQ(calls_of(3), 0);
    CHECK_EQ(traps, 3);
    poke(0, pristine[0]);
    CHECK_EQ(calls_of(3), 3);
  }
  CHECK_EQ(unregister_ftrace_function(ops), 0);
  CHECK(memcmp(pad, pristine, PAD_SIZE) == 0);
}

/* Stands while the tracer comes: the others are switched, this one at the next update. */
FTRACE_NOTRACE static void stands_while_registering(struct ftrace_ops* ops,
                                                    struct ftrace_ops* next) {
  poke(0, BREAKPOINT);
  CHECK_EQ(register_ftrace_function(ops), 0);
  CHECK(shadowed());
  calls = 0;
  CHECK_EQ(g(1), 3);
  CHECK_EQ(calls, 1);
  CHECK_EQ(calls_of(2), 0);
  poke(0, pristine[0]);
  CHECK_EQ(calls_of(2), 0);
  CHECK_EQ(FILTER(next, "g"), 0);
  CHECK_EQ(register_ftrace_function(next), 0); /* any update tries again */
  CHECK(!shadowed());
  CHECK_EQ(calls_of(2), 2);
  CHECK_EQ(unregister_ftrace_function(next), 0);
  CHECK_EQ(unregister_ftrace_function(ops), 0);
  CHECK(memcmp(pad, pristine, PAD_SIZE) == 0);
}

/* Stands while the tracer goes: the pad still calls a stub, which must deliver to nobody. */
FTRACE_NOTRACE static void stands_while_unregistering(struct ftrace_ops* ops) {
  struct ftrace_ops* own = malloc(sizeof(*own));
  memcpy(own, ops, sizeof(*own));
  CHECK_EQ(register_ftrace_function(own), 0);
  poke(0, BREAKPOINT);
  CHECK_EQ(unregister_ftrace_function(own), 0);
  memset(own, 0xa5, sizeof(*own));
  free(own);
  CHECK(shadowed());
  poke(0, pristine[0]);
  CHECK_EQ(calls_of(100), 0);
  CHECK_EQ(register_ftrace_function(ops), 0);
  CHECK_EQ(calls_of(2), 2);
  CHECK_EQ(unregister_ftrace_function(ops), 0);
  CHECK(!shadowed());
  CHECK(memcmp(pad, pristine, PAD_SIZE) == 0);
}

/* Somebody who saved the bytes before restores all of them: said in a line, switched as asked. */
FTRACE_NOTRACE static void whole_pad_is_restored(struct ftrace_ops* ops, struct ftrace_ops* next) {
  CHECK_EQ(register_ftrace_function(ops), 0);
  CHECK_EQ(pwrite(memory, pristine, PAD_SIZE, (off_t)pad), PAD_SIZE);
  CHECK_EQ(calls_of(2), 0);
  CHECK_EQ(FILTER(next, "f"), 0);
  CHECK_EQ(register_ftrace_function(next), 0);
  CHECK_EQ(calls_of(2), 4);
  CHECK_EQ(unregister_ftrace_function(next), 0);
  CHECK_EQ(unregister_ftrace_function(ops), 0);
  CHECK_EQ(ftrace_is_dead(), 0);
}

FTRACE_NOTRACE int main(void) {
  struct ftrace_ops ops = {.func = count}, next = {.func = count};
  const struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO};
  CHECK_EQ(sigaction(SIGTRAP, &action, NULL), 0);
  memory = open("/proc/self/mem", O_RDWR);
  CHECK(memory >= 0);
  pad = (unsigned char*)ftrace_location((unsigned long)f);
  memcpy(pristine, pad, PAD_SIZE);
  come_and_go_while_enabled(&ops);
  stands_while_registering(&ops, &next);
  stands_while_unregistering(&ops);
  whole_pad_is_restored(&ops, &next);
  return 0;
}
