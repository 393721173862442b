/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* For programs that test themselves: says which line failed, and ends with 1. */
#ifndef FTRACE_LIT_TESTS_CHECK_H_
#define FTRACE_LIT_TESTS_CHECK_H_

#include <ftrace/ftrace.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                \
    }                                                                         \
  } while (0)

#define CHECK_EQ(actual, expected)                                                         \
  do {                                                                                     \
    const long actual_ = (long)(actual), expected_ = (long)(expected);                     \
    if (actual_ != expected_) {                                                            \
      fprintf(stderr, "%s:%d: %s is %ld, not %ld\n", __FILE__, __LINE__, #actual, actual_, \
              expected_);                                                                  \
      exit(1);                                                                             \
    }                                                                                      \
  } while (0)

/* Kept a call of its own, whatever the optimiser thinks. It does not know what a callback does: GCC
 * is kept from concluding that nothing a callback counts changes in the call. */
#ifdef __clang__
#define TRACED __attribute__((noinline))
#else
#define TRACED __attribute__((noipa))
#endif

#define FILTER(ops, glob) ftrace_set_filter((ops), (glob), (int)strlen(glob), 1)
#define ADD_FILTER(ops, glob) ftrace_set_filter((ops), (glob), (int)strlen(glob), 0)
#define NOTRACE(ops, glob) ftrace_set_notrace((ops), (glob), (int)strlen(glob), 1)

#endif
