// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The bracket: one word per thread, odd = inside a callback (or not registered, or gone), even =
// outside. A stub makes it odd before it jumps into code that can be freed, the exit makes it even.
//
// The records live in memory that is never unmapped, so that a grace period never reads the TLS of
// a thread that may be gone; thread-local storage holds only the pointer to the record.
#ifndef FTRACE_RUNTIME_THREAD_RECORD_H_
#define FTRACE_RUNTIME_THREAD_RECORD_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace ftrace {

struct alignas(64) ThreadRecord {
  // Written by the owner with plain increments (one instruction each); read by grace periods, whose
  // membarriers supply the ordering.
  std::atomic<uint32_t> word;
  // 0: free. release when it becomes 0; pairs with acquire in RegisterThread().
  std::atomic<int> tid;
  ThreadRecord* next;            // all records ever made; constant once linked
  uint32_t nesting;              // levels inside the bracket; owner only
  std::atomic<uint64_t> missed;  // callbacks not delivered at deeper levels; owner writes
  void* profile;                 // the profile tracer's; kept for the next owner
};

static_assert(offsetof(ThreadRecord, word) == 0, "stubs flip the word through the pointer");
static_assert(std::atomic<uint32_t>::is_always_lock_free);

// A shared constant record, odd for ever: where every thread starts.
extern ThreadRecord unregistered_thread;

// Prepares the key whose destructor releases a record when its thread ends.
void InitializeThreads();

// Gives this thread a record. Async-signal-safe, no malloc. False: no memory.
bool RegisterThread();

// The newest record; follow ->next.
ThreadRecord* FirstThread();

// This thread is inside a callback.
bool InsideBracket();

// In a forked child: only the calling thread exists.
void KeepOnlyThisThread();

// Callbacks not delivered because they nested too deep, or a thread could not be registered.
uint64_t MissedCallbacks();
void CountMissedCallback();

}  // namespace ftrace

// Read by generated code and gate.S through its distance to the thread pointer.
extern "C" {
extern __thread ftrace::ThreadRecord* ftrace_thread_record
    __attribute__((visibility("hidden"), tls_model("initial-exec")));
}

#endif  // FTRACE_RUNTIME_THREAD_RECORD_H_
