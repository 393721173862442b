// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a policy denies gives one line and -EPERM, and changes nothing; without the core-synchronising
// membarrier the plain one serves (E7, U11).
// RUN: %cc -O2 %plugin %include -I%S/Inputs %s %runtime -o %t
// RUN: %t mdwe 2>&1 | FileCheck %s --check-prefixes=EXECUTABLE,DENIED
// RUN: %t text 2>&1 | FileCheck %s --check-prefixes=TEXT,DENIED
// RUN: %t membarrier 2>&1 | FileCheck %s --check-prefixes=MEMBARRIER,DENIED
// RUN: %t later 2>&1 | FileCheck %s --check-prefixes=TEXT,LATER
// RUN: %t sync-core 2>&1 | FileCheck %s --check-prefix=WORKS
#include <errno.h>
#include <linux/filter.h>
#include <linux/membarrier.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "counted_function.h"

#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#endif

FTRACE_NOTRACE static void install(struct sock_filter* code, unsigned short size) {
  const struct sock_fprog program = {size, code};
  CHECK_EQ(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
  CHECK_EQ(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define DENY(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))

/* Denies membarrier(command), or all of it with -1, and starts the program again: the runtime asks
 * in its constructor. */
FTRACE_NOTRACE static void deny_membarrier(char** argv, int command) {
  struct sock_filter all[] = {LOAD(nr), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
                              DENY(EPERM), ALLOW};
  struct sock_filter one[] = {
      LOAD(nr),      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 3),
      LOAD(args[0]), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)command, 0, 1),
      DENY(EINVAL),  ALLOW};
  if (command == -1) {
    install(all, sizeof(all) / sizeof(all[0]));
  } else {
    install(one, sizeof(one) / sizeof(one[0]));
  }
  char* again[] = {argv[0], "run", NULL};
  execv(argv[0], again);
  CHECK(0);
}

/* Denies to make the pages of f writable; executable memory elsewhere is allowed. */
FTRACE_NOTRACE static void deny_text(void) {
  const unsigned long page = (unsigned long)f & ~4095UL;
  struct sock_filter code[] = {
      LOAD(nr),      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 5),
      LOAD(args[0]), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)page, 0, 3),
      LOAD(args[2]), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_WRITE, 0, 1),
      DENY(EACCES),  ALLOW};
  install(code, sizeof(code) / sizeof(code[0]));
}

/* Denied after the registration: the tracer stays as it is, and so does the program. */
FTRACE_NOTRACE static int deny_later(struct ftrace_ops* ops) {
  CHECK_EQ(register_ftrace_function(ops), 0);
  CHECK_EQ(f(1), 2);
  deny_text();
  printf("unregistered: %d\n", unregister_ftrace_function(ops));
  CHECK_EQ(f(1), 2);
  CHECK_EQ(register_ftrace_function(ops), -EBUSY);
  printf("calls: %ld, dead: %d\n", calls, ftrace_is_dead());
  return 0;
}

FTRACE_NOTRACE int main(int argc, char** argv) {
  struct ftrace_ops ops = {.func = count};
  unsigned char before[16], after[16];
  CHECK_EQ(argc, 2);
  setvbuf(stdout, NULL, _IONBF, 0);
  if (strcmp(argv[1], "membarrier") == 0) deny_membarrier(argv, -1);
  if (strcmp(argv[1], "sync-core") == 0) {
    deny_membarrier(argv, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE);
  }
  if (strcmp(argv[1], "mdwe") == 0) CHECK_EQ(prctl(PR_SET_MDWE, 1, 0, 0, 0), 0);
  if (strcmp(argv[1], "text") == 0) deny_text();
  memcpy(before, (void*)f, sizeof(before));
  if (strcmp(argv[1], "later") == 0) return deny_later(&ops);
  const int result = register_ftrace_function(&ops);
  printf("registered: %d, dead: %d\n", result, ftrace_is_dead());
  CHECK_EQ(f(1), 2);
  printf("calls: %ld\n", calls);
  CHECK_EQ(unregister_ftrace_function(&ops), result == 0 ? 0 : -EBUSY);
  memcpy(after, (void*)f, sizeof(after));
  CHECK(memcmp(before, after, sizeof(before)) == 0);
  CHECK_EQ(f(1), 2);
  printf("end\n");
  return 0;
}

// EXECUTABLE: ftrace: executable memory is denied (Permission denied), so nothing can be traced; a policy like
// TEXT: ftrace: the program's text cannot be made writable (Permission denied), so nothing is changed; a policy like
// MEMBARRIER: ftrace: the membarrier system call is denied (Operation not permitted), without which
// DENIED-NOT: ftrace:
// DENIED: registered: -1, dead: 0
// DENIED: calls: 0
// DENIED: end
// LATER: unregistered: -1
// LATER: calls: 2, dead: 0
// WORKS-NOT: ftrace:
// WORKS: registered: 0, dead: 0
// WORKS: calls: 1
// WORKS: end
