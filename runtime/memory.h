// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The runtime's own heap. Not malloc: the program may trace, replace or fork inside its malloc.
// Size classes of powers of two from anonymous mappings; large blocks get a mapping of their own.
#ifndef FTRACE_RUNTIME_MEMORY_H_
#define FTRACE_RUNTIME_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <new>

namespace ftrace {

// Zeroed, aligned to 16; null if there is no memory. The caller holds the runtime's lock.
void* Allocate(size_t size);
// The same, with any content.
void* AllocateUninitialized(size_t size);
// `size` as it was allocated. Null is allowed.
void Free(void* memory, size_t size);

// An object made of zeroed memory by its default constructor; null if there is no memory.
template <typename T>
T* New() {
  void* memory = Allocate(sizeof(T));
  return memory != nullptr ? new (memory) T() : nullptr;
}

template <typename T>
void Delete(T* object) {
  if (object == nullptr) return;
  object->~T();
  Free(object, sizeof(T));
}

// For tests: the n-th allocation from now fails (1 = the next); 0 switches it off.
void FailAllocation(uint64_t n);
// Bytes in use.
size_t AllocatedBytes();

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_MEMORY_H_
