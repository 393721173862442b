/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Switches the pads that a note leads to, one after the other, and counts the calls that come by.
 * alive.h has the branch and the stub of the instruction set. */
#include "alive.h"

static const char* NameIn(const struct Known* table, unsigned count, uintptr_t function) {
  for (unsigned i = 0; i < count; ++i) {
    if (Start(&table[i]) == function) return table[i].name;
  }
  return 0;
}

static const char* Name(uintptr_t function) {
  const char* name = NameIn(kKnownC, kKnownCCount, function);
  if (!name) name = NameIn(kKnownCxx, kKnownCxxCount, function);
  return name ? name : "clone";
}

void CheckRecords(const struct ftrace_note_sites* note) {
  const struct ftrace_site* site = (const struct ftrace_site*)Address(&note->start);
  const struct ftrace_site* stop = (const struct ftrace_site*)Address(&note->stop);
  UseGate(Address(&note->gate), STUB_FOR(0));
  for (; site < stop; ++site) {
    const uintptr_t live = Address(&site->pad);
    unsigned char disabled[sizeof(struct Branch)];
    const uint32_t isa = ftrace_site_isa(site->facts);
    const struct Branch enabled = MakeBranch(live, isa, STUB_FOR(isa));
    __builtin_memcpy(disabled, (const void*)live, sizeof(disabled));
    stub_body = BODY_OF(live, isa);
    stub_calls = 0;
    Write(live, &enabled, sizeof(enabled));
    CallAgain();
    Write(live, disabled, sizeof(disabled));
    const unsigned long calls = stub_calls;
    CallAgain();
    if (stub_calls != calls) Fault("still enabled", "pad");
    Called(Name(live - ftrace_site_lead(site->facts)), calls);
  }
}
