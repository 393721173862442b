/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The program's machine code: where it is, and whether it is still what the linker wrote. */
#ifndef FTRACE_EXAMPLES_SQLITE_DEMO_TEXT_H_
#define FTRACE_EXAMPLES_SQLITE_DEMO_TEXT_H_

struct text {
  unsigned long begin; /* in memory */
  unsigned long end;
  long offset; /* of begin in the file */
};

/* Exits with a message if it cannot. */
void text_find(struct text* text);
/* How many bytes in memory differ from the file of the program. */
unsigned long text_differing_bytes(const struct text* text);

#endif /* FTRACE_EXAMPLES_SQLITE_DEMO_TEXT_H_ */
