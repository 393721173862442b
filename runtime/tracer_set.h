// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The tracers attached to a site form a set: interned, immutable, counted by the sites that use it.
// Two sites with the same tracers share one set, and its stub and trampoline.
#ifndef FTRACE_RUNTIME_TRACER_SET_H_
#define FTRACE_RUNTIME_TRACER_SET_H_

#include <cstddef>
#include <cstdint>

#include "arch/target.h"
#include "runtime/garbage.h"

struct ftrace_ops;
struct ftrace_regs;

namespace ftrace {

struct CodeRegion;
struct Trampoline;

// A registration of an ops. Ids grow and are never used again, so a set is never mistaken for
// another that had the same addresses.
struct SetMember {
  uint64_t id;
  arch::Callback callback;
  unsigned long flags;
};

// The code of a set in one region. The stub is immortal; the trampoline goes with its last site.
struct SetCode {
  SetCode* next;
  CodeRegion* region;
  uint8_t* stub;
  Trampoline* trampoline;  // null: the stub leads to the region's generic gate
};

struct TracerSet : Garbage {
  TracerSet* hash_next;
  TracerSet* unused_next;
  bool on_unused_list;
  SetCode* code;
  uint64_t sites;  // how many want this set
  // The result of SetWith() or SetWithout() in the update of that number, the same for all sites.
  uint64_t memo_update;
  TracerSet* memo;
  uint64_t hash;
  uint32_t count;
  SetMember members[1];  // `count`, oldest registration first
};

// All of this under the lock.

// Starts an update: the memos of earlier ones are void.
void BeginSetUpdate();

// The set of `set` (null: empty) and the member. Null: no memory.
TracerSet* SetWith(TracerSet* set, const SetMember& member);
// The set without the member `id`, which it contains. Null with *error 0: empty; -ENOMEM.
TracerSet* SetWithout(TracerSet* set, uint64_t id, int* error);

bool SetContains(const TracerSet* set, uint64_t id);

// The set's stub for text that the region serves, leading to its trampoline; made if there is none.
// Null: no memory. The region must be open.
uint8_t* SetStub(TracerSet* set, CodeRegion* region);

// A site starts, or stops, to want the set. Null is allowed.
void AddSite(TracerSet* set);
void DropSite(TracerSet* set);

// Sets that no site wants any more: their stubs lead to the generic gate, which serves threads that
// were already past the pad by the site's present set; their trampolines become garbage. They stay
// interned, because their tracers may meet again and then use the same stub. Regions must be open.
void RetireUnusedSets(GarbageList* garbage);

// After the last site of a tracer: its sets leave the table. Their stubs stay. Opens the regions
// only if it must, and then closes them: not while an update is on.
void ForgetSets(uint64_t id, GarbageList* garbage);

// Where there is no memory for the smaller sets: in all sets the member becomes one that does
// nothing, and their stubs lead to the generic gate. 0, or an error: unchanged.
int SilenceMember(uint64_t id, GarbageList* garbage);

// Aims every stub at its region's exit: nothing is delivered any more. Regions must be open.
void PassThroughAllSets();

// Sets in the table, for tests and reports.
size_t SetCount();

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_TRACER_SET_H_
