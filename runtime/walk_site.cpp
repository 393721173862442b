// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Off the fast path: threads that are not registered yet, events inside a callback, and threads
// whose stub's set was retired behind their back.
#include "runtime/walk_site.h"

#include <atomic>

#include "arch/target.h"
#include "runtime/module.h"
#include "runtime/system.h"
#include "runtime/thread_record.h"
#include "runtime/tracer_set.h"

namespace ftrace {
namespace {

// Threads that read the module table and the records. seq_cst on both sides: either the unloader
// sees the walker, or the walker sees the table without the module.
std::atomic<int> walkers;

// The site's set now. The bracket keeps the set alive, not the module's records.
TracerSet* FindSet(uint64_t pad) {
  walkers.fetch_add(1, std::memory_order_seq_cst);
  TracerSet* set = nullptr;
  const Module* module = FindModule(pad);
  const size_t site = module != nullptr ? module->Find(pad) : kNoSite;
  const SiteState* state = site != kNoSite ? module->State(site) : nullptr;
  // acquire: pairs with the release of Update::Commit().
  if (state != nullptr) set = state->set.load(std::memory_order_acquire);
  walkers.fetch_sub(1, std::memory_order_seq_cst);
  return set;
}

}  // namespace

void WaitForWalkers() {
  constexpr long kPause = 20000;  // ns
  while (walkers.load(std::memory_order_seq_cst) != 0) SleepNanoseconds(kPause);
}

void ForgetWalkers() { walkers.store(0, std::memory_order_relaxed); }

}  // namespace ftrace

// Inside the bracket. Latest registered first, as in a trampoline.
extern "C" void ftrace_walk_site(ftrace_regs* regs) {
  const uint64_t pad = ftrace::arch::RegsPad(regs);
  const ftrace::TracerSet* set = ftrace::FindSet(pad);
  for (uint32_t i = set != nullptr ? set->count : 0; i-- > 0;) {
    const ftrace::arch::Callback& callback = set->members[i].callback;
    // Relaxed: pairs with SilenceMember().
    const auto func = __atomic_load_n(&callback.func, __ATOMIC_RELAXED);
    func(pad, ftrace::arch::RegsParent(regs), callback.ops, regs);
  }
}

extern "C" int ftrace_slow_path(ftrace_regs* regs) {
  ftrace::ThreadRecord* record = ftrace_thread_record;
  if (record == &ftrace::unregistered_thread) {
    if (ftrace::RegisterThread()) return 1;
    ftrace::CountMissedCallback();
    return 0;
  }
  // A signal handler has registered the thread after the stub had looked.
  if ((record->word.load(std::memory_order_relaxed) & 1) == 0) return 1;
  if (record->nesting != 0) {
    ftrace::CountMissedCallback();
    return 0;
  }
  // The compiler keeps the order for a signal handler of this thread.
  record->nesting = 1;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  ftrace_walk_site(regs);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  record->nesting = 0;
  return 0;
}
