/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The functions with pads of a test program: what each object under test tells main of itself. */
#ifndef KNOWN_H_
#define KNOWN_H_

#include "arch/site.h"

struct Known {
  const char* name;
  void (*function)(void);
  /* What the record must say: these bits of the facts. */
  uint32_t mask, facts;
};

/* Who compiled a function, as arch/site.h numbers the field; a constant cannot call its functions. */
#define COMPILER_GCC (1u << 27)
#ifdef __clang__
#define COMPILED_BY 0u
#else
#define COMPILED_BY COMPILER_GCC
#endif

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define NOINLINE __attribute__((noinline))
/* A function that is one function: GCC makes clones of others for the arguments of a call. */
#ifdef __clang__
#define FRAME NOINLINE
#else
#define FRAME __attribute__((noinline, noclone))
#endif
#define NOTRACE __attribute__((no_instrument_function))

#ifdef __cplusplus
extern "C" {
#endif

extern const struct Known kKnownC[];
extern const unsigned kKnownCCount;
extern const struct Known kKnownCxx[];
extern const unsigned kKnownCxxCount;

/* Calls every function and reports what it returned. */
void CallC(void);
void CallCxx(void);

/* Of main.c or freestanding.c. */
void Report(const char* what, long long value);
void Called(const char* name, unsigned long calls);
void Fault(const char* what, const char* name);
/* The code around an address, and back. */
void MakeWritable(uintptr_t address, int writable);
/* Calls everything again and expects the same results. */
void CallAgain(void);
/* Of records.c or alive.c. */
void CheckRecords(const struct ftrace_note_sites* note);

#ifdef __cplusplus
}
#endif

#endif /* KNOWN_H_ */
