/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* A tracer that counts the calls of every function, on every thread apart. */
#ifndef FTRACE_EXAMPLES_SQLITE_DEMO_COUNTS_H_
#define FTRACE_EXAMPLES_SQLITE_DEMO_COUNTS_H_

#include <ftrace/ftrace.h>
#include <stdint.h>

/* Finds the program's text. Exits with a message if it cannot. */
void counts_init(void);
/* Gives the calling thread its counters; calls on other threads are not counted. */
void counts_thread_started(int self);
/* The callback. */
void counts_callback(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                     struct ftrace_regs* regs);

/* All calls so far. */
uint64_t counts_total(void);
void counts_reset(void); /* while no tracer is registered */
/* Prints how many different functions were called, and those with most calls. */
void counts_print_hottest(int how_many);

#endif /* FTRACE_EXAMPLES_SQLITE_DEMO_COUNTS_H_ */
