/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Threads that run SQL, each in a database of its own in memory. */
#ifndef FTRACE_EXAMPLES_SQLITE_WORKLOAD_H_
#define FTRACE_EXAMPLES_SQLITE_WORKLOAD_H_

#include <stdint.h>

struct workload {
  int threads;
  int rows;                         /* of the table that each round fills, queries and drops */
  long rounds;                      /* each thread ends after so many; 0: when stopped */
  void (*thread_started)(int self); /* called on each thread before its first round; may be NULL */
};

/* Starts the threads. Exits with a message if it cannot. */
void workload_start(const struct workload* config);
/* Rounds finished so far by the thread that has finished fewest. Any thread may ask. */
long workload_rounds(void);
/* Ends the threads after the rounds they are in, or with `rounds` set after those. Returns a hash
 * over what every query returned; exits with a message if two rounds of a thread differ. */
uint64_t workload_finish(void);

#endif /* FTRACE_EXAMPLES_SQLITE_WORKLOAD_H_ */
