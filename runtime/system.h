// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// System calls without errno: a hook must not change it, and some of these run inside one.
#ifndef FTRACE_RUNTIME_SYSTEM_H_
#define FTRACE_RUNTIME_SYSTEM_H_

#include <cstddef>
#include <cstdint>

namespace ftrace {

inline constexpr size_t kPageSize = 4096;

inline constexpr uint64_t PageFloor(uint64_t address) { return address & ~uint64_t{kPageSize - 1}; }
inline constexpr uint64_t PageCeil(uint64_t address) { return PageFloor(address + kPageSize - 1); }

// Raw system calls; negative results are -errno.
int Gettid();
int Getpid();
// Whether the thread of this process exists.
bool ThreadExists(int tid);
void SleepNanoseconds(long nanoseconds);
uint64_t MonotonicNanoseconds();

// Private anonymous memory; null where there is none. With a hint: exactly there or null.
void* MapMemory(size_t size, int protection, void* exactly_at = nullptr);
void UnmapMemory(void* address, size_t size);
int ProtectMemory(uint64_t begin, uint64_t end, int protection);

// While one exists, no signal handler runs on this thread.
class SignalBlocker {
 public:
  SignalBlocker();
  ~SignalBlocker();
  SignalBlocker(const SignalBlocker&) = delete;
  SignalBlocker& operator=(const SignalBlocker&) = delete;

 private:
  uint64_t old_mask_;
};

// membarrier(2). Register once per process, before there are threads or a seccomp filter.
// Returns 0, or -errno: then fence-free readers are unsound and nothing may be patched.
int RegisterMembarrier();
// Every thread of this process has passed a full barrier and, where the kernel offers it,
// serialised its instruction stream. Pairs with the bracket of every thread.
void SynchronizeCores();

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_SYSTEM_H_
