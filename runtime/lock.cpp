// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/lock.h"

#include <pthread.h>

#include <atomic>

#include "runtime/system.h"

namespace ftrace {
namespace {

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
// Thread that holds the mutex. Relaxed: only a thread's own id matters to it, and that it stored.
std::atomic<int> owner;

void Lock() {
  pthread_mutex_lock(&mutex);
  owner.store(Gettid(), std::memory_order_relaxed);
}

void Unlock() {
  owner.store(0, std::memory_order_relaxed);
  pthread_mutex_unlock(&mutex);
}

}  // namespace

ApiLock::ApiLock() : nested_(owner.load(std::memory_order_relaxed) == Gettid()) {
  if (!nested_) Lock();
}

ApiLock::~ApiLock() {
  if (!nested_) Unlock();
}

void LockForFork() { Lock(); }
void UnlockAfterFork() { Unlock(); }

}  // namespace ftrace
