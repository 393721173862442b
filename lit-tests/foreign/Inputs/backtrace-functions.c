/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Functions with pads that call one another: one without a frame, others with frames of their own. */
#include "known.h"

#define CALL(call)                                                  \
  do {                                                              \
    call;                                                           \
    __asm__ volatile(""); /* not in place of the caller's return */ \
  } while (0)

void Leaf(void);
void Framed(volatile char* byte);
void Inner(int n);

FRAME void Leaf(void) { __asm__ volatile(""); }

FRAME void Framed(volatile char* byte) {
  volatile char bytes[1000];
  bytes[0] = *byte;
  CALL(Leaf());
  *byte = bytes[0];
}

FRAME void Inner(int n) {
  volatile char bytes[n];
  bytes[n - 1] = 0;
  CALL(Framed(&bytes[n - 1]));
}

FRAME void CallC(void) { CALL(Inner(10)); }

#define ENTRY(name) {#name, (void (*)(void))(name), 0, 0}
const struct Known kKnownC[] = {ENTRY(Leaf), ENTRY(Framed), ENTRY(Inner), ENTRY(CallC),
                                ENTRY(CallAgain)};
const unsigned kKnownCCount = COUNT_OF(kKnownC);
