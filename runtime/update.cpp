// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/update.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "runtime/code_region.h"
#include "runtime/include/ftrace/ftrace.h"
#include "runtime/message.h"
#include "runtime/system.h"
#include "runtime/text_mismatch.h"

namespace ftrace {
namespace {

// Read by ftrace_is_dead() in signal handlers. Relaxed: it says nothing about other memory.
std::atomic<bool> dead;
size_t shadowed_sites;

uint64_t Address(const void* pointer) { return reinterpret_cast<uint64_t>(pointer); }

TracerSet* SetOf(const SiteState* state) {
  return state != nullptr ? state->set.load(std::memory_order_relaxed) : nullptr;
}

// Calls f(segment, begin, end) for each executable segment of each module that has a change, with
// the pages from its first to its last change. Changes are in order of module and address.
template <typename Changes, typename F>
int ForEachSpan(const Changes& changes, F f) {
  for (size_t i = 0; i < changes.size();) {
    const Module& module = *changes[i].module;
    const uint64_t first = module.Pad(changes[i].site);
    const TextSegment* segment = module.segments;
    while (first >= segment->range.end || first < segment->range.begin) ++segment;
    uint64_t last = first;
    for (; i < changes.size() && changes[i].module == &module; ++i) {
      const uint64_t pad = module.Pad(changes[i].site);
      if (pad >= segment->range.end || pad < last) break;
      last = pad;
    }
    const uint64_t end = PageCeil(last + arch::Traits().pad_size);
    if (const int error = f(*segment, PageFloor(first), end)) return error;
  }
  return 0;
}

}  // namespace

bool IsDead() { return dead.load(std::memory_order_relaxed); }
size_t ShadowedSites() { return shadowed_sites; }

void ForgetShadowedSites(const Module& module) {
  for (size_t i = 0; i < module.site_count; ++i) {
    const SiteState* state = module.State(i);
    if (state != nullptr && (state->flags & FTRACE_SITE_SHADOWED) != 0) --shadowed_sites;
  }
}

Update::Update() { BeginSetUpdate(); }
Update::~Update() { CloseRegions(); }

int Update::AddChange(Module* module, size_t site, TracerSet* set) {
  const Change change = {module, nullptr, set, nullptr, static_cast<uint32_t>(site), false};
  return changes_.PushBack(change) ? 0 : -ENOMEM;
}

int Update::Plan(Module* module, const SetMember& member, const SiteBits* drop,
                 const SiteBits* add) {
  const size_t words = add != nullptr ? add->word_count() : drop->word_count();
  size_t expected = 0;
  for (size_t w = 0; w < words; ++w) {
    uint64_t different =
        (add != nullptr ? add->word(w) : 0) ^ (drop != nullptr ? drop->word(w) : 0);
    for (; different != 0; different &= different - 1) ++expected;
  }
  if (!changes_.Reserve(changes_.size() + expected)) return -ENOMEM;
  for (size_t w = 0; w < words; ++w) {
    const uint64_t adds = add != nullptr ? add->word(w) : 0;
    uint64_t different = adds ^ (drop != nullptr ? drop->word(w) : 0);
    for (; different != 0; different &= different - 1) {
      const auto bit = static_cast<unsigned>(__builtin_ctzll(different));
      const size_t site = w * 64 + bit;
      const SiteState* state = module->State(site);
      if (state != nullptr && (state->flags & FTRACE_SITE_DISABLED) != 0) continue;
      TracerSet* set = SetOf(state);
      const bool adding = (adds >> bit & 1) != 0;
      if (SetContains(set, member.id) == adding) continue;
      int error = 0;
      TracerSet* next = adding ? SetWith(set, member) : SetWithout(set, member.id, &error);
      if (error != 0 || (adding && next == nullptr)) return -ENOMEM;
      if (const int result = AddChange(module, site, next)) return result;
    }
  }
  return 0;
}

int Update::PlanReset(Module* module) {
  for (size_t i = 0; i < module->site_count; ++i) {
    const SiteState* state = module->State(i);
    if (state == nullptr || (state->stub == nullptr && SetOf(state) == nullptr)) continue;
    if (const int error = AddChange(module, i, nullptr)) return error;
  }
  return 0;
}

// Sites that a breakpoint kept from being changed: what they want has not changed since.
int Update::PlanShadowed() {
  if (shadowed_sites == 0) return 0;
  const size_t planned = changes_.size();
  const ModuleTable* modules = Modules();
  for (size_t m = 0; m < modules->count; ++m) {
    Module* module = modules->modules[m];
    for (size_t i = 0; i < module->site_count; ++i) {
      const SiteState* state = module->State(i);
      if (state == nullptr || (state->flags & FTRACE_SITE_SHADOWED) == 0) continue;
      bool already = false;
      for (size_t c = 0; c < planned && !already; ++c) {
        already = changes_[c].module == module && changes_[c].site == i;
      }
      if (already) continue;
      if (const int error = AddChange(module, i, SetOf(state))) return error;
    }
  }
  if (changes_.size() != planned) {
    qsort(changes_.begin(), changes_.size(), sizeof(Change), [](const void* a, const void* b) {
      const auto* left = static_cast<const Change*>(a);
      const auto* right = static_cast<const Change*>(b);
      const uint64_t left_pad = left->module->Pad(left->site);
      const uint64_t right_pad = right->module->Pad(right->site);
      return left_pad < right_pad ? -1 : static_cast<int>(left_pad > right_pad);
    });
  }
  return 0;
}

// Makes states, regions, stubs and trampolines. No thread can reach them yet.
int Update::Prepare() {
  if (const int error = OpenRegions()) return error;
  for (Change& change : changes_) {
    change.state = change.module->TouchState(change.site);
    if (change.state == nullptr) return -ENOMEM;
    if (change.set == nullptr) continue;
    for (CodeRegion*& region = change.module->region; change.stub == nullptr;) {
      // Stubs are immortal, so a region can be full.
      if (region == nullptr || region->full) {
        int error = 0;
        region = FindRegion(change.module->text, &error);
        if (region == nullptr) return error;
      }
      change.stub = SetStub(change.set, region);
      if (change.stub == nullptr && !region->full) return -ENOMEM;
    }
  }
  // Fresh code is visible to every core before a pad leads to it.
  SynchronizeCores();
  return 0;
}

int Update::VerifyPad(Change* change) {
  const uint64_t pad = change->module->Pad(change->site);
  const SiteState* state = change->state;
  uint64_t target = 0;
  const arch::PadState found = arch::ReadPad(pad, &target);
  if (found == arch::PadState::kBreakpoint) {
    change->skip = true;
    return 0;
  }
  if (found == arch::PadState::kPristine) {
    if (state->stub != nullptr) {
      Message("%s: somebody restored the bytes of the pad at %#lx; it is switched as asked",
              change->module->path, static_cast<unsigned long>(pad));
    }
    return 0;
  }
  if (found == arch::PadState::kCall && state->stub != nullptr && target == Address(state->stub)) {
    return 0;
  }
  ReportMismatch(*change->module, change->site);
  return -ENODEV;
}

// All pads are compared before the first is written.
int Update::Verify() {
  for (Change& change : changes_) {
    const int error = VerifyPad(&change);
    if (error == 0) continue;
    dead.store(true, std::memory_order_relaxed);
    PassThroughAllSets();
    SynchronizeCores();
    return error;
  }
  return 0;
}

int Update::MakeTextWritable() {
  const int error =
      ForEachSpan(changes_, [](const TextSegment& segment, uint64_t begin, uint64_t end) {
        return ProtectMemory(begin, end, segment.protection | PROT_WRITE);
      });
  if (error == 0) return 0;
  RestoreProtection();
  if (error == -ENOMEM) return error;
  Message(
      "the program's text cannot be made writable (%s), so nothing is changed; a policy like "
      "PR_SET_MDWE, SELinux execmod or seccomp forbids it to this process",
      strerror(-error));
  return -EPERM;
}

void Update::RestoreProtection() {
  ForEachSpan(changes_, [](const TextSegment& segment, uint64_t begin, uint64_t end) {
    return ProtectMemory(begin, end, segment.protection) * 0;
  });
}

void Update::Store() {
  for (Change& change : changes_) {
    if (change.skip) continue;
    const uint64_t pad = change.module->Pad(change.site);
    // A debugger may have come since Verify(): its breakpoint stays.
    change.skip = arch::SwitchPad(pad, Address(change.stub)) == arch::PadState::kBreakpoint;
    if (change.skip) continue;
    arch::FlushInstructionCache(reinterpret_cast<void*>(pad), arch::Traits().pad_size);
  }
}

void Update::Commit() {
  for (const Change& change : changes_) {
    SiteState* state = change.state;
    TracerSet* old = SetOf(state);
    AddSite(change.set);
    // release: the set is complete. Pairs with the acquire of ftrace_walk_site().
    state->set.store(change.set, std::memory_order_release);
    DropSite(old);
    const bool was_shadowed = (state->flags & FTRACE_SITE_SHADOWED) != 0;
    if (change.skip) {
      state->flags |= FTRACE_SITE_SHADOWED;
    } else {
      state->stub = change.stub;
      state->flags &= ~(FTRACE_SITE_SHADOWED | FTRACE_SITE_ENABLED);
      if (change.stub != nullptr) state->flags |= FTRACE_SITE_ENABLED | FTRACE_SITE_TOUCHED;
    }
    if (change.skip && !was_shadowed) ++shadowed_sites;
    if (!change.skip && was_shadowed) --shadowed_sites;
  }
}

int Update::Apply() {
  if (IsDead()) return -ENODEV;
  if (const int error = PlanShadowed()) return error;
  if (changes_.empty()) return 0;
  if (const int error = Prepare()) return error;
  if (const int error = Verify()) return error;
  if (const int error = MakeTextWritable()) return error;
  Store();
  RestoreProtection();
  Commit();
  SynchronizeCores();
  RetireUnusedSets(&garbage_);
  return 0;
}

}  // namespace ftrace
