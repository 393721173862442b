// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the runtime knows of a user's ftrace_ops: its filters from the first time they are set, and,
// while it is registered, the member it is in sets.
#ifndef FTRACE_RUNTIME_TRACER_H_
#define FTRACE_RUNTIME_TRACER_H_

#include "runtime/include/ftrace/ftrace.h"
#include "runtime/site_filter.h"
#include "runtime/tracer_set.h"

namespace ftrace {

enum class Registration : uint8_t { kNone, kRegistered, kRemoving };

struct Tracer {
  Tracer* next;
  ftrace_ops* ops;
  SiteFilter filter;
  Registration registration = Registration::kNone;
  SetMember member;  // valid while registered
  // The member of an earlier registration that is still in sets, silent, because there was no
  // memory to take it out; 0: none.
  uint64_t leftover = 0;
};

// All of this under the lock.

Tracer* FirstTracer();
// The tracer of the ops; null: none yet.
Tracer* FindTracer(const ftrace_ops* ops);
// The same, made if there is none; null: no memory.
Tracer* GetTracer(ftrace_ops* ops);
void FreeTracer(Tracer* tracer);
// Frees it unless it has filters, is registered or has left something.
void FreeIfUnused(Tracer* tracer);

// Enables what the tracer's filter matches. 0 or an error: unchanged.
int StartTracer(Tracer* tracer);
// Disables it. What is left waits in `garbage` for a grace period. 0; -EPERM: unchanged; -ENODEV:
// dead, detached all the same. Never fails for memory: what is left in the sets then is silent.
int StopTracer(Tracer* tracer, GarbageList* garbage);
// Tries again to take out what tracers had to leave in sets.
void RemoveLeftovers();
// Swaps in the filter, with one update if the tracer is registered. 0 or an error: unchanged.
int SetTracerFilter(Tracer* tracer, SiteFilter* filter);

// A module has come: applies kept globs and enables what the registered tracers match in it.
void StartModule(Module* module, Demangler demangler);
// A module goes: its pads are the compiler's again and no filter names its sites. Returns whether
// FreeModule() may follow when no walker reads it any more.
bool StopModule(Module* module, GarbageList* garbage);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_TRACER_H_
