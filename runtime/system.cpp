// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/system.h"

#include <linux/membarrier.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>

namespace ftrace {
namespace {

constexpr uint64_t kNanosecondsPerSecond = 1000000000;
// The kernel's signal set, not libc's larger one.
constexpr size_t kKernelSignalSetSize = 8;

int barrier_command = MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE;

// libc's syscall() without its errno.
long Call(long number, long a = 0, long b = 0, long c = 0, long d = 0) {
  const int saved = errno;
  long result = syscall(number, a, b, c, d);
  if (result == -1) result = -errno;
  errno = saved;
  return result;
}

int Membarrier(int command) { return static_cast<int>(Call(SYS_membarrier, command)); }

}  // namespace

int Gettid() { return static_cast<int>(Call(SYS_gettid)); }
int Getpid() { return static_cast<int>(Call(SYS_getpid)); }

bool ThreadExists(int tid) { return Call(SYS_tgkill, Getpid(), tid, 0) != -ESRCH; }

void SleepNanoseconds(long nanoseconds) {
  const timespec time = {0, nanoseconds};
  Call(SYS_nanosleep, reinterpret_cast<long>(&time));
}

uint64_t MonotonicNanoseconds() {
  timespec now = {};
  Call(SYS_clock_gettime, CLOCK_MONOTONIC, reinterpret_cast<long>(&now));
  return static_cast<uint64_t>(now.tv_sec) * kNanosecondsPerSecond +
         static_cast<uint64_t>(now.tv_nsec);
}

void* MapMemory(size_t size, int protection, void* exactly_at) {
  const int saved = errno;
  const int where = exactly_at != nullptr ? MAP_FIXED_NOREPLACE : 0;
  void* memory = mmap(exactly_at, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | where, -1, 0);
  errno = saved;
  if (memory == MAP_FAILED) return nullptr;
  // Kernels (and emulators) that do not know MAP_FIXED_NOREPLACE take the address as a hint.
  if (exactly_at != nullptr && memory != exactly_at) {
    UnmapMemory(memory, size);
    return nullptr;
  }
  return memory;
}

void UnmapMemory(void* address, size_t size) {
  Call(SYS_munmap, reinterpret_cast<long>(address), static_cast<long>(size));
}

int ProtectMemory(uint64_t begin, uint64_t end, int protection) {
  return static_cast<int>(
      Call(SYS_mprotect, static_cast<long>(begin), static_cast<long>(end - begin), protection));
}

SignalBlocker::SignalBlocker() {
  const uint64_t all = ~uint64_t{0};
  Call(SYS_rt_sigprocmask, SIG_SETMASK, reinterpret_cast<long>(&all),
       reinterpret_cast<long>(&old_mask_), kKernelSignalSetSize);
}

SignalBlocker::~SignalBlocker() {
  Call(SYS_rt_sigprocmask, SIG_SETMASK, reinterpret_cast<long>(&old_mask_), 0,
       kKernelSignalSetSize);
}

int RegisterMembarrier() {
  if (Membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE) == 0) return 0;
  // ISAs and kernels without SYNC_CORE: a full barrier on every core. x86 serialises on the return
  // from the interrupt that carries it.
  barrier_command = MEMBARRIER_CMD_PRIVATE_EXPEDITED;
  return Membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
}

void SynchronizeCores() { Membarrier(barrier_command); }

}  // namespace ftrace
