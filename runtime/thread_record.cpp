// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/thread_record.h"

#include <pthread.h>
#include <sys/mman.h>

#include "runtime/system.h"

namespace ftrace {

constinit ThreadRecord unregistered_thread = {1, 0, nullptr, 0, 0, nullptr};

namespace {

constexpr size_t kRecordsPerMapping = kPageSize / sizeof(ThreadRecord);
// glibc keeps the values of the first 32 keys in the thread itself; beyond, setting one allocates.
constexpr pthread_key_t kKeysWithoutAllocation = 32;

std::atomic<ThreadRecord*> first;
std::atomic<uint64_t> missed_unregistered;
pthread_key_t key;
bool has_key;

uint32_t Word(const ThreadRecord* record) { return record->word.load(std::memory_order_relaxed); }

// The thread is gone, or leaves the record: odd, so that nothing runs under it, then free.
void Release(ThreadRecord* record) {
  if ((Word(record) & 1) == 0) record->word.fetch_add(1, std::memory_order_relaxed);
  // Publishes the odd word with the record. Pairs with the acquire of TryClaim().
  record->tid.store(0, std::memory_order_release);
}

// Runs when a thread ends. Functions that run after it register the thread again, and the key's
// value is set again, so libc calls it once more.
void ReleaseAtThreadExit(void* value) {
  const SignalBlocker no_signals;
  ftrace_thread_record = &unregistered_thread;
  Release(static_cast<ThreadRecord*>(value));
}

bool TryClaim(ThreadRecord* record, int tid) {
  int nobody = 0;
  // acquire: pairs with the release of Release(); the old owner's writes are done.
  if (!record->tid.compare_exchange_strong(nobody, tid, std::memory_order_acquire,
                                           std::memory_order_relaxed)) {
    return false;
  }
  record->nesting = 0;
  record->word.fetch_add(1, std::memory_order_relaxed);  // even: outside
  return true;
}

// Threads that ended by a raw exit never released their record.
void ReapThreads() {
  for (ThreadRecord* record = FirstThread(); record != nullptr; record = record->next) {
    int tid = record->tid.load(std::memory_order_relaxed);
    if (tid == 0 || ThreadExists(tid)) continue;
    if ((Word(record) & 1) == 0) record->word.fetch_add(1, std::memory_order_relaxed);
    // Fails if another thread has reaped it in between.
    record->tid.compare_exchange_strong(tid, 0, std::memory_order_release,
                                        std::memory_order_relaxed);
  }
}

ThreadRecord* ClaimFree(int tid) {
  for (ThreadRecord* record = FirstThread(); record != nullptr; record = record->next) {
    if (record->tid.load(std::memory_order_relaxed) == 0 && TryClaim(record, tid)) return record;
  }
  return nullptr;
}

// Links a page of free records (odd, tid 0).
bool AddRecords() {
  auto* records = static_cast<ThreadRecord*>(MapMemory(kPageSize, PROT_READ | PROT_WRITE));
  if (records == nullptr) return false;
  for (size_t i = 0; i < kRecordsPerMapping; ++i) {
    records[i].word.store(1, std::memory_order_relaxed);
    if (i + 1 < kRecordsPerMapping) records[i].next = &records[i + 1];
  }
  ThreadRecord* head = first.load(std::memory_order_relaxed);
  do {
    records[kRecordsPerMapping - 1].next = head;
    // release: publishes the records. Pairs with the acquire in FirstThread().
  } while (!first.compare_exchange_weak(head, records, std::memory_order_release,
                                        std::memory_order_relaxed));
  return true;
}

}  // namespace

void InitializeThreads() {
  has_key = pthread_key_create(&key, ReleaseAtThreadExit) == 0;
  if (has_key && key >= kKeysWithoutAllocation) {
    // Setting it could allocate in a signal handler. Records are then reaped, not released.
    pthread_key_delete(key);
    has_key = false;
  }
}

ThreadRecord* FirstThread() { return first.load(std::memory_order_acquire); }

bool RegisterThread() {
  const SignalBlocker no_signals;  // a handler's registration in between would be lost
  if (ftrace_thread_record != &unregistered_thread) return true;
  const int tid = Gettid();
  ThreadRecord* record = ClaimFree(tid);
  if (record == nullptr && FirstThread() != nullptr) {
    ReapThreads();
    record = ClaimFree(tid);
  }
  while (record == nullptr) {
    if (!AddRecords()) return false;
    record = ClaimFree(tid);
  }
  ftrace_thread_record = record;
  if (has_key) pthread_setspecific(key, record);
  return true;
}

bool InsideBracket() {
  return ftrace_thread_record != &unregistered_thread && (Word(ftrace_thread_record) & 1) != 0;
}

void KeepOnlyThisThread() {
  for (ThreadRecord* record = FirstThread(); record != nullptr; record = record->next) {
    if (record == ftrace_thread_record) {
      record->tid.store(Gettid(), std::memory_order_relaxed);
    } else if (record->tid.load(std::memory_order_relaxed) != 0) {
      Release(record);
    }
  }
}

uint64_t MissedCallbacks() {
  uint64_t sum = missed_unregistered.load(std::memory_order_relaxed);
  for (ThreadRecord* record = FirstThread(); record != nullptr; record = record->next) {
    sum += record->missed.load(std::memory_order_relaxed);
  }
  return sum;
}

void CountMissedCallback() {
  ThreadRecord* record = ftrace_thread_record;
  if (record == &unregistered_thread) {
    missed_unregistered.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  record->missed.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace ftrace

extern "C" {
__thread ftrace::ThreadRecord* ftrace_thread_record = &ftrace::unregistered_thread;
}
