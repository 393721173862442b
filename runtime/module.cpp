// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/module.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "runtime/garbage.h"
#include "runtime/include/ftrace/ftrace.h"
#include "runtime/message.h"

namespace ftrace {
namespace {

std::atomic<ModuleTable*> table;

size_t TableSize(size_t count) {
  return sizeof(ModuleTable) + (count != 0 ? count - 1 : 0) * sizeof(Module*);
}

struct OldTable : Garbage {
  ModuleTable* table;
};

void FreeOldTable(Garbage* garbage) {
  auto* old = static_cast<OldTable*>(garbage);
  Free(old->table, TableSize(old->table->count));
  Delete(old);
}

// Publishes `next`; the old table is freed when nobody inside a bracket can hold it.
void Publish(ModuleTable* next, OldTable* node) {
  // release: publishes the modules. Pairs with acquire in Modules().
  ModuleTable* old = table.exchange(next, std::memory_order_acq_rel);
  if (old == nullptr) {
    Delete(node);
    return;
  }
  node->table = old;
  node->free = FreeOldTable;
  GarbageList garbage;
  garbage.Add(node);
  FreeLater(&garbage);
}

// Why the record cannot be used; null if it can.
const char* RecordFault(const Module& module, size_t i) {
  const arch::AddressRange text = module.text;
  const uint32_t facts = module.sites[i].facts;
  const uint64_t pad = module.Pad(i);
  const ArchTraits& traits = arch::Traits();
  if (ftrace_site_isa(facts) != traits.isa || ftrace_site_width(facts) != traits.pad_size) {
    return "is not of this instruction set";
  }
  if (ftrace_site_reserved(facts) != 0) return "has unknown fields";
  if (pad < text.begin || pad + traits.pad_size > text.end || pad > pad + traits.pad_size) {
    return "points outside the module's text";
  }
  for (size_t s = 0; s < module.segment_count; ++s) {
    const arch::AddressRange segment = module.segments[s].range;
    if (pad < segment.begin || pad + traits.pad_size > segment.end) continue;
    if (module.Entry(i) < segment.begin) return "points outside the module's text";
    if (!IsPatchable(traits, pad)) return "has a pad that is not aligned";
    return i > 0 && module.Pad(i - 1) == pad ? "has the pad of the record before" : nullptr;
  }
  return "points outside the module's text";
}

// Marks records that cannot be used; one line names the first.
bool CheckRecords(Module* module) {
  size_t faults = 0;
  size_t first = 0;
  for (size_t i = 0; i < module->site_count; ++i) {
    if (RecordFault(*module, i) == nullptr) [[likely]]
      continue;
    if (faults++ == 0) first = i;
    SiteState* state = module->TouchState(i);
    if (state == nullptr) return false;
    state->flags |= FTRACE_SITE_DISABLED;
  }
  if (faults != 0) {
    Message(
        "%s: %zu of %u records are bad and are not used; record %zu %s; rebuild the file, see "
        "`ftrace check`",
        module->path, faults, module->site_count, first, RecordFault(*module, first));
  }
  return true;
}

int CompareSites(const void* a, const void* b) {
  const int32_t left = static_cast<const ftrace_site*>(a)->pad;
  const int32_t right = static_cast<const ftrace_site*>(b)->pad;
  return left < right ? -1 : left > right;
}

// Some linkers (gold) leave the table in input order. Looking up and writing in order need it
// sorted: then a copy takes its place, with addresses relative to the text.
bool SortRecords(Module* module) {
  bool sorted = true;
  for (size_t i = 1; i < module->site_count && sorted; ++i) {
    sorted = module->Pad(i - 1) < module->Pad(i);
  }
  if (sorted) return true;
  auto* copy = static_cast<ftrace_site*>(Allocate(module->site_count * sizeof(ftrace_site)));
  if (copy == nullptr) return false;
  for (size_t i = 0; i < module->site_count; ++i) {
    copy[i].pad = static_cast<int32_t>(module->Pad(i) - module->text.begin);
    copy[i].facts = module->sites[i].facts;
  }
  qsort(copy, module->site_count, sizeof(ftrace_site), CompareSites);
  module->sites = copy;
  module->anchor = module->text.begin;
  module->stride = 0;
  return true;
}

// The lowest number from which `count` numbers are free.
uint32_t FreeIds(uint32_t count) {
  uint32_t candidate = 0;
  const ModuleTable* modules = Modules();
  for (bool moved = true; moved;) {
    moved = false;
    for (size_t i = 0; modules != nullptr && i < modules->count; ++i) {
      const Module& other = *modules->modules[i];
      if (candidate < other.first_id + other.site_count && other.first_id < candidate + count) {
        candidate = other.first_id + other.site_count;
        moved = true;
      }
    }
  }
  return candidate;
}

// Replaces the table by one with `added` (or without `removed`).
bool ReplaceTable(Module* added, const Module* removed) {
  const ModuleTable* old = Modules();
  const size_t old_count = old != nullptr ? old->count : 0;
  const size_t room = old_count + (added != nullptr ? 1 : 0);
  auto* next = static_cast<ModuleTable*>(Allocate(TableSize(room)));
  auto* node = New<OldTable>();
  if (next == nullptr || node == nullptr) {
    Free(next, TableSize(room));
    Delete(node);
    return false;
  }
  for (size_t i = 0; i < old_count; ++i) {
    Module* module = old->modules[i];
    if (module == removed) continue;
    if (added != nullptr && added->text.begin < module->text.begin) {
      next->modules[next->count++] = added;
      added = nullptr;
    }
    next->modules[next->count++] = module;
  }
  if (added != nullptr) next->modules[next->count++] = added;
  Publish(next, node);
  return true;
}

void SetText(Module* module, const ModuleDescription& description) {
  module->segment_count = description.segment_count;
  module->text = description.segments[0].range;
  for (size_t i = 0; i < description.segment_count; ++i) {
    const arch::AddressRange range = description.segments[i].range;
    module->segments[i] = description.segments[i];
    if (range.begin < module->text.begin) module->text.begin = range.begin;
    if (range.end > module->text.end) module->text.end = range.end;
  }
}

}  // namespace

const ModuleTable* Modules() { return table.load(std::memory_order_acquire); }

size_t Module::Find(uint64_t address) const {
  // The first site whose pad is behind the address. By pads, which are sorted whatever the records
  // say of the entries.
  size_t low = 0;
  size_t high = site_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (Pad(middle) <= address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  size_t before = low;
  while (before > 1 && Pad(before - 2) == Pad(before - 1)) --before;  // the second one is bad
  if (before > 0 && address - Pad(before - 1) < arch::Traits().pad_size) return before - 1;
  return low < site_count && Entry(low) == address ? low : kNoSite;
}

SiteState* Module::State(size_t i) const {
  // acquire, twice: pairs with the releases in TouchState().
  std::atomic<SiteState*>* all = __atomic_load_n(&blocks, __ATOMIC_ACQUIRE);
  if (all == nullptr) return nullptr;
  SiteState* block = all[i / kSitesPerBlock].load(std::memory_order_acquire);
  return block != nullptr ? &block[i % kSitesPerBlock] : nullptr;
}

SiteState* Module::TouchState(size_t i) {
  const size_t block_count = (site_count + kSitesPerBlock - 1) / kSitesPerBlock;
  if (blocks == nullptr) {
    auto* fresh = static_cast<std::atomic<SiteState*>*>(Allocate(block_count * sizeof(*blocks)));
    if (fresh == nullptr) return nullptr;
    // release: the walker of another thread may look at it at once.
    __atomic_store_n(&blocks, fresh, __ATOMIC_RELEASE);
  }
  std::atomic<SiteState*>& slot = blocks[i / kSitesPerBlock];
  SiteState* block = slot.load(std::memory_order_relaxed);
  if (block == nullptr) {
    block = static_cast<SiteState*>(Allocate(kSitesPerBlock * sizeof(SiteState)));
    if (block == nullptr) return nullptr;
    slot.store(block, std::memory_order_release);  // pairs with the acquire in State()
  }
  return &block[i % kSitesPerBlock];
}

Module* FindModuleByNote(const void* note) {
  const ModuleTable* modules = Modules();
  for (size_t i = 0; modules != nullptr && i < modules->count; ++i) {
    if (modules->modules[i]->note == note) return modules->modules[i];
  }
  return nullptr;
}

Module* FindModule(uint64_t address) {
  const ModuleTable* modules = Modules();
  for (size_t i = 0; modules != nullptr && i < modules->count; ++i) {
    Module* module = modules->modules[i];
    if (address >= module->text.begin && address < module->text.end) return module;
  }
  return nullptr;
}

Module* AddModule(const ModuleDescription& description, int* error) {
  *error = 0;
  const uint64_t bytes = description.stop - description.start;
  if (bytes / FTRACE_SITE_SIZE >= UINT32_MAX / 2) {
    Message("%s: too many records; its functions cannot be traced", description.path);
    return nullptr;
  }
  *error = -ENOMEM;
  auto* module = New<Module>();
  if (module == nullptr) return nullptr;
  module->note = description.note;
  module->sites = reinterpret_cast<const ftrace_site*>(description.start);
  module->anchor = description.start;
  module->stride = FTRACE_SITE_SIZE;
  module->site_count = static_cast<uint32_t>(bytes / FTRACE_SITE_SIZE);
  module->main_program = description.main_program;
  module->bias = description.bias;
  module->build_id = description.build_id;
  memcpy(module->path, description.path, sizeof(module->path));
  SetText(module, description);
  module->first_id = FreeIds(module->site_count);
  if (!SortRecords(module) || !CheckRecords(module) || !ReplaceTable(module, nullptr)) {
    FreeModule(module);
    return nullptr;
  }
  *error = 0;
  return module;
}

bool RemoveModule(Module* module) {
  if (ReplaceTable(nullptr, module)) return true;
  // No memory for a smaller table: the module stays in the old one, with nothing in it to find.
  module->text = {0, 0};
  module->site_count = 0;
  module->note = nullptr;
  return false;
}

void FreeModule(Module* module) {
  const size_t block_count = (module->site_count + kSitesPerBlock - 1) / kSitesPerBlock;
  for (size_t i = 0; module->blocks != nullptr && i < block_count; ++i) {
    Free(module->blocks[i].load(std::memory_order_relaxed), kSitesPerBlock * sizeof(SiteState));
  }
  Free(module->blocks, block_count * sizeof(*module->blocks));
  if (module->stride == 0) {
    Free(const_cast<ftrace_site*>(module->sites), module->site_count * sizeof(ftrace_site));
  }
  Delete(module);
}

}  // namespace ftrace
