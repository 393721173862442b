// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/tracer_set.h"

#include <cerrno>
#include <cstring>

#include "runtime/code_region.h"
#include "runtime/include/ftrace/ftrace.h"
#include "runtime/memory.h"

namespace ftrace {
namespace {

constexpr size_t kBuckets = 4096;

TracerSet* buckets[kBuckets];
TracerSet* unused;
size_t set_count;
uint64_t update;
// The memo of the empty set.
uint64_t empty_memo_update;
TracerSet* empty_memo;

size_t SetSize(size_t count) { return sizeof(TracerSet) + (count - 1) * sizeof(SetMember); }

// Independent of the order, so that a neighbour's hash is one step away.
uint64_t HashOf(uint64_t id) {
  uint64_t hash = id * 0x9e3779b97f4a7c15;
  hash ^= hash >> 32;
  return hash * 0xd6e8feb86659fd93;
}

TracerSet*& Bucket(uint64_t hash) { return buckets[hash % kBuckets]; }

void FreeSet(Garbage* garbage) {
  auto* set = static_cast<TracerSet*>(garbage);
  while (set->code != nullptr) {
    SetCode* code = set->code;
    set->code = code->next;
    Delete(code);
  }
  Free(set, SetSize(set->count));
}

// The interned set of these members, which may be a temporary array.
TracerSet* Intern(const SetMember* members, uint32_t count, uint64_t hash) {
  for (TracerSet* set = Bucket(hash); set != nullptr; set = set->hash_next) {
    if (set->hash != hash || set->count != count) continue;
    bool same = true;
    for (uint32_t i = 0; i < count && same; ++i) same = set->members[i].id == members[i].id;
    if (same) return set;
  }
  auto* set = static_cast<TracerSet*>(Allocate(SetSize(count)));
  if (set == nullptr) return nullptr;
  memcpy(set->members, members, count * sizeof(SetMember));
  set->count = count;
  set->hash = hash;
  set->free = FreeSet;
  set->hash_next = Bucket(hash);
  Bucket(hash) = set;
  ++set_count;
  return set;
}

Trampoline* MakeTrampoline(const TracerSet& set, CodeRegion* region) {
  auto* callbacks = static_cast<arch::Callback*>(Allocate(set.count * sizeof(arch::Callback)));
  if (callbacks == nullptr) return nullptr;
  bool vectors = false;
  for (uint32_t i = 0; i < set.count; ++i) {
    callbacks[i] = set.members[set.count - 1 - i].callback;  // latest registered first
    vectors |= (set.members[i].flags & FTRACE_OPS_FL_GPREGS_ONLY) == 0;
  }
  Trampoline* trampoline = NewTrampoline(region, callbacks, set.count, vectors);
  Free(callbacks, set.count * sizeof(arch::Callback));
  return trampoline;
}

SetCode* NewCode(TracerSet* set, CodeRegion* region) {
  auto* code = New<SetCode>();
  if (code == nullptr) return nullptr;
  code->stub = NewStub(region, arch::RegionGeneric(region->base));
  if (code->stub == nullptr) {
    Delete(code);
    return nullptr;
  }
  code->region = region;
  code->next = set->code;
  set->code = code;
  return code;
}

void Silent(unsigned long, unsigned long, ftrace_ops*, ftrace_regs*) {}

bool HasTrampoline(const TracerSet& set) {
  for (const SetCode* code = set.code; code != nullptr; code = code->next) {
    if (code->trampoline != nullptr) return true;
  }
  return false;
}

void Retire(TracerSet* set, GarbageList* garbage) {
  for (SetCode* code = set->code; code != nullptr; code = code->next) {
    if (code->trampoline == nullptr) continue;
    arch::RetargetStub(code->stub, arch::RegionGeneric(code->region->base));
    arch::FlushInstructionCache(code->stub, arch::StubSize());
    garbage->Add(code->trampoline);
    code->trampoline = nullptr;
  }
}

}  // namespace

void BeginSetUpdate() { ++update; }

TracerSet* SetWith(TracerSet* set, const SetMember& member) {
  uint64_t& memo_update = set != nullptr ? set->memo_update : empty_memo_update;
  TracerSet*& memo = set != nullptr ? set->memo : empty_memo;
  if (memo_update == update) return memo;
  const uint32_t count = set != nullptr ? set->count : 0;
  const size_t bytes = (count + 1) * sizeof(SetMember);
  auto* members = static_cast<SetMember*>(Allocate(bytes));
  if (members == nullptr) return nullptr;
  uint32_t place = 0;
  while (place < count && set->members[place].id < member.id) ++place;
  for (uint32_t i = 0; i < place; ++i) members[i] = set->members[i];
  members[place] = member;
  for (uint32_t i = place; i < count; ++i) members[i + 1] = set->members[i];
  const uint64_t hash = (set != nullptr ? set->hash : 0) ^ HashOf(member.id);
  TracerSet* result = Intern(members, count + 1, hash);
  Free(members, bytes);
  if (result == nullptr) return nullptr;
  memo_update = update;
  memo = result;
  return result;
}

TracerSet* SetWithout(TracerSet* set, uint64_t id, int* error) {
  *error = 0;
  if (set->memo_update == update) return set->memo;
  TracerSet* result = nullptr;
  if (set->count > 1) {
    const size_t bytes = (set->count - 1) * sizeof(SetMember);
    auto* members = static_cast<SetMember*>(Allocate(bytes));
    uint32_t count = 0;
    for (uint32_t i = 0; members != nullptr && i < set->count; ++i) {
      if (set->members[i].id != id) members[count++] = set->members[i];
    }
    if (members != nullptr) result = Intern(members, count, set->hash ^ HashOf(id));
    Free(members, bytes);
    if (result == nullptr) {
      *error = -ENOMEM;
      return nullptr;
    }
  }
  set->memo_update = update;
  set->memo = result;
  return result;
}

bool SetContains(const TracerSet* set, uint64_t id) {
  for (uint32_t i = 0; set != nullptr && i < set->count; ++i) {
    if (set->members[i].id == id) return true;
  }
  return false;
}

uint8_t* SetStub(TracerSet* set, CodeRegion* region) {
  SetCode* code = set->code;
  while (code != nullptr && code->region != region) code = code->next;
  if (code == nullptr) code = NewCode(set, region);
  if (code == nullptr) return nullptr;
  if (code->trampoline == nullptr) {
    code->trampoline = MakeTrampoline(*set, region);
    if (code->trampoline == nullptr) return nullptr;
    arch::RetargetStub(code->stub, code->trampoline->code);
    arch::FlushInstructionCache(code->stub, arch::StubSize());
  }
  return code->stub;
}

void AddSite(TracerSet* set) {
  if (set != nullptr) ++set->sites;
}

void DropSite(TracerSet* set) {
  if (set == nullptr || --set->sites != 0 || set->on_unused_list) return;
  set->on_unused_list = true;
  set->unused_next = unused;
  unused = set;
}

void RetireUnusedSets(GarbageList* garbage) {
  while (unused != nullptr) {
    TracerSet* set = unused;
    unused = set->unused_next;
    set->on_unused_list = false;
    if (set->sites == 0) Retire(set, garbage);
  }
}

void ForgetSets(uint64_t id, GarbageList* garbage) {
  bool opened = false;
  for (TracerSet*& bucket : buckets) {
    for (TracerSet** link = &bucket; *link != nullptr;) {
      TracerSet* set = *link;
      // Prepared for an update that failed, or passed through since patching died.
      const bool retire = SetContains(set, id) && HasTrampoline(*set);
      opened = opened || (retire && OpenRegions() == 0);
      // Where policy does not allow to retire it any more, its memory is given up.
      if (!SetContains(set, id) || (retire && !opened)) {
        link = &set->hash_next;
        continue;
      }
      *link = set->hash_next;
      --set_count;
      if (retire) Retire(set, garbage);
      garbage->Add(set);
    }
  }
  if (opened) CloseRegions();
}

int SilenceMember(uint64_t id, GarbageList* garbage) {
  if (const int error = OpenRegions()) return error;
  for (TracerSet* bucket : buckets) {
    for (TracerSet* set = bucket; set != nullptr; set = set->hash_next) {
      for (uint32_t i = 0; i < set->count; ++i) {
        if (set->members[i].id != id) continue;
        // Relaxed: ftrace_walk_site() calls the old function or the new one; the old one is waited
        // for in the grace period that follows.
        __atomic_store_n(&set->members[i].callback.func, &Silent, __ATOMIC_RELAXED);
        Retire(set, garbage);
      }
    }
  }
  CloseRegions();
  return 0;
}

void PassThroughAllSets() {
  for (TracerSet* bucket : buckets) {
    for (TracerSet* set = bucket; set != nullptr; set = set->hash_next) {
      for (SetCode* code = set->code; code != nullptr; code = code->next) {
        arch::RetargetStub(code->stub, arch::RegionExit(code->region->base));
        arch::FlushInstructionCache(code->stub, arch::StubSize());
      }
    }
  }
}

size_t SetCount() { return set_count; }

}  // namespace ftrace
