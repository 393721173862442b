/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Switches the pads that a note leads to, one after the other, and counts the calls that come by.
 * alive.h has the branch and the stub of the instruction set. */
#include "alive.h"

#include "known.h"

static uintptr_t Address(const int32_t* field) { return (uintptr_t)field + (uintptr_t)*field; }

static const char* NameIn(const struct Known* table, unsigned count, uintptr_t function) {
  for (unsigned i = 0; i < count; ++i) {
    if (((uintptr_t)table[i].function & ~(uintptr_t)IS_THUMB((uintptr_t)table[i].function)) ==
        function) {
      return table[i].name;
    }
  }
  return 0;
}

static const char* Name(uintptr_t function) {
  const char* name = NameIn(kKnownC, kKnownCCount, function);
  if (!name) name = NameIn(kKnownCxx, kKnownCxxCount, function);
  return name ? name : "clone";
}

static void Write(uintptr_t address, const void* bytes, unsigned size) {
  MakeWritable(address, 1);
  __builtin_memcpy((void*)address, bytes, size);
  __builtin___clear_cache((char*)address, (char*)address + size);
  MakeWritable(address, 0);
}

void CheckRecords(const struct ftrace_note_sites* note) {
  const struct ftrace_site* site = (const struct ftrace_site*)Address(&note->start);
  const struct ftrace_site* stop = (const struct ftrace_site*)Address(&note->stop);
  UseGate(Address(&note->gate));
  for (; site < stop; ++site) {
    const uintptr_t live = Address(&site->pad);
    unsigned char disabled[sizeof(struct Branch)];
    const struct Branch enabled = MakeBranch(live, ftrace_site_isa(site->facts));
    __builtin_memcpy(disabled, (const void*)live, sizeof(disabled));
    stub_body = BODY_OF(live, ftrace_site_isa(site->facts));
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
