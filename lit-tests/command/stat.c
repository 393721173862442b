// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `ftrace stat` counts every call of every thread and process exactly, and changes neither output
// nor exit status of the command. The program keeps counters of its own.

// RUN: %cc -O1 %plugin %s -o %t -lpthread
// RUN: %t 0 > %t.plain
// RUN: %ftrace stat -o %t.all -- %t 0 > %t.traced
// RUN: cmp %t.plain %t.traced
// RUN: FileCheck --check-prefixes=ALL,COMMON < %t.all %s
// RUN: %ftrace stat -F 'work*' -N workload -s name -- %t 0 2>&1 >/dev/null | FileCheck --check-prefix=SOME %s
// RUN: %ftrace stat -F leaf -o - -- %t 0 | FileCheck --check-prefix=STDOUT %s

// The runtime may be linked in as well, dynamically or statically.
// RUN: %cc -O1 %plugin %s -o %t.linked -L%libdir -Wl,-rpath,%libdir -Wl,-u,__ftrace_runtime -lftrace_rt -lpthread
// RUN: %ftrace stat -o %t.all -- %t.linked 0 > %t.traced
// RUN: cmp %t.plain %t.traced
// RUN: FileCheck --check-prefixes=ALL,COMMON < %t.all %s

// A static program without it cannot be traced, and is told what to do.
// RUN: %cc -O1 -static %plugin %s -o %t.static -lpthread
// RUN: not %ftrace stat -- %t.static 0 2>&1 | FileCheck --check-prefix=STATIC %s

// Exit status of the command, of signals, of commands that are none.
// RUN: sh -c '%ftrace stat -o %t.out -- %t 7 >/dev/null; echo status $?' 2>&1 | FileCheck --check-prefix=SEVEN %s
// RUN: FileCheck --check-prefix=COMMON < %t.out %s
// RUN: sh -c '%ftrace stat -o %t.out -- %t kill >/dev/null; echo status $?' 2>&1 | FileCheck --check-prefix=KILL %s
// RUN: FileCheck --check-prefix=KILLED < %t.out %s
// RUN: sh -c '%ftrace stat -- %t.missing; echo status $?' 2>&1 | FileCheck --check-prefix=MISSING %s
// RUN: sh -c '%ftrace stat -- %s; echo status $?' 2>&1 | FileCheck --check-prefix=DENIED %s

// No function matches: an error, unless the command failed by itself.
// RUN: sh -c '%ftrace stat -F "none*" -- %t 0 >/dev/null; echo status $?' 2>&1 | FileCheck --check-prefix=NOMATCH %s
// RUN: sh -c '%ftrace stat -F "none*" -- %t 7 >/dev/null; echo status $?' 2>&1 | FileCheck --check-prefix=NOMATCH7 %s

// Through a script, with a preload of the user's own in place.
// RUN: printf '#!/bin/sh\n%t 0\n%t 0\n' > %t.sh && chmod +x %t.sh
// RUN: env LD_PRELOAD=libc.so.6 %ftrace stat -F leaf -o %t.out -- %t.sh > /dev/null
// RUN: FileCheck --check-prefix=SCRIPT < %t.out %s

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOINLINE __attribute__((noinline))

NOINLINE int leaf(int value) {
  __asm__ volatile("");
  return value + 1;
}

NOINLINE int workload(int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) sum += leaf(i);
  return sum;
}

static void* worker(void* sum) {
  *(int*)sum = workload(1000);
  return NULL;
}

int main(int argc, char** argv) {
  pthread_t threads[4];
  int sums[4];
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], NULL, worker, &sums[i]);
  int sum = 0;
  for (int i = 0; i < 4; ++i) {
    pthread_join(threads[i], NULL);
    sum += sums[i];
  }
  const pid_t child = fork();
  if (child == 0) _exit(workload(200) == 20100 ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  printf("%d %d\n", sum, status);
  fflush(stdout);
  if (argc > 1 && strcmp(argv[1], "kill") == 0) raise(SIGKILL);
  return argc > 1 ? atoi(argv[1]) : 0;
}

// ALL:         calls  function  module
// ALL:      {{^ *}}4200  leaf {{.*}}stat.c.tmp{{.*}}%
// ALL-NEXT: {{^ *}}5  workload
// ALL-NEXT: {{^ *}}4  worker
// ALL-NEXT: {{^ *}}1  main
// ALL-NEXT: {{^ *}}4210  total
// COMMON: 4 functions called, 4 of 4 sites enabled; 2 processes{{$}}
// COMMON-NOT: {{.}}

// SOME:      calls  function
// SOME-NEXT: {{^ *}}4  worker {{.*}}100.0%
// SOME-NEXT: {{^ *}}4  total
// SOME:      1 function called, 1 of 4 sites enabled; 2 processes{{$}}

// STDOUT: {{^}}2002000 0{{$}}
// STDOUT: {{^ *}}4200  leaf

// STATIC:     stat.c.tmp.static: is linked statically and without the runtime: {{.*--libs.*$}}
// STATIC-NOT: {{.}}

// SEVEN:     {{^}}status 7{{$}}
// SEVEN-NOT: {{.}}
// KILL:      stat.c.tmp: killed by signal 9 (Killed)
// KILL-NEXT: {{^}}status 137{{$}}
// KILLED:    {{^ *}}4200  leaf
// MISSING:      ftrace: {{.*}}stat.c.tmp.missing: command not found
// MISSING-NEXT: {{^}}status 127{{$}}
// DENIED:      ftrace: {{.*}}stat.c: Permission denied
// DENIED-NEXT: {{^}}status 126{{$}}
// NOMATCH:      stat.c.tmp: none of 4 sites matches
// NOMATCH-NEXT: {{^}}status 1{{$}}
// NOMATCH7:      stat.c.tmp: none of 4 sites matches
// NOMATCH7-NEXT: {{^}}status 7{{$}}
// SCRIPT: {{^ *}}8400  leaf
