/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Switches the pads that a note leads to, one after the other, to a stub that looks at the stack as
 * the unwinder sees it, and prints the functions it finds from there on. */
#include "backtrace.h"

#include <stdio.h>
#include <unwind.h>

#ifdef __arm__
/* Linkers merge entries of ARM's tables that say the same. */
static const struct Known* FunctionOf(struct _Unwind_Context* context) {
  const struct Known* best = 0;
  for (unsigned i = 0; i < kKnownCCount; ++i) {
    const uintptr_t start = Start(&kKnownC[i]);
    if (start <= _Unwind_GetIP(context) && (!best || start > Start(best))) best = &kKnownC[i];
  }
  return best;
}
#else
static const struct Known* FunctionOf(struct _Unwind_Context* context) {
  for (unsigned i = 0; i < kKnownCCount; ++i) {
    if (Start(&kKnownC[i]) == _Unwind_GetRegionStart(context)) return &kKnownC[i];
  }
  return 0;
}
#endif

/* Up to the function that calls the program under test. */
static _Unwind_Reason_Code Step(struct _Unwind_Context* context, void* data) {
  unsigned* frames = data;
  const struct Known* known = FunctionOf(context);
  /* This program's own: the function that asks, and the stub. */
  if (++*frames <= OWN_FRAMES) return _URC_NO_REASON;
  printf(" %s", known ? known->name : "?");
  return known && known->function == CallAgain ? _URC_END_OF_STACK : _URC_NO_REASON;
}

void Tell(void) {
  unsigned frames = 0;
  _Unwind_Backtrace(Step, &frames);
}

void CallCxx(void) {}

void CheckRecords(const struct ftrace_note_sites* note) {
  const struct ftrace_site* site = (const struct ftrace_site*)Address(&note->start);
  const struct ftrace_site* stop = (const struct ftrace_site*)Address(&note->stop);
  UseGate(Address(&note->gate), TELLER_FOR(0));
  for (; site < stop; ++site) {
    const uint32_t isa = ftrace_site_isa(site->facts);
    const uintptr_t live = Address(&site->pad);
    const struct Branch enabled = MakeBranch(live, isa, TELLER_FOR(isa));
    unsigned char disabled[sizeof(struct Branch)];
    for (unsigned i = 0; i < kKnownCCount; ++i) {
      if (Start(&kKnownC[i]) == live - ftrace_site_lead(site->facts)) {
        printf("%s:", kKnownC[i].name);
      }
    }
    stub_body = BODY_OF(live, isa);
    __builtin_memcpy(disabled, (const void*)live, sizeof(disabled));
    Write(live, &enabled, sizeof(enabled));
    CallAgain();
    Write(live, disabled, sizeof(disabled));
    puts("");
  }
}
