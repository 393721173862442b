// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/memory.h"

#include <sys/mman.h>

#include <cstring>

#include "runtime/system.h"

namespace ftrace {
namespace {

constexpr size_t kSmallestClass = 32;
constexpr unsigned kClasses = 16;  // 32 bytes to 1 MiB
constexpr size_t kLargestClass = kSmallestClass << (kClasses - 1);
constexpr size_t kChunk = size_t{64} << 10;

struct FreeBlock {
  FreeBlock* next;
};

FreeBlock* free_blocks[kClasses];
uint8_t* chunk;
size_t chunk_left;
uint64_t fail_at;
size_t allocated;

unsigned ClassOf(size_t size) {
  unsigned index = 0;
  while (kSmallestClass << index < size) ++index;
  return index;
}

bool ShouldFail() { return fail_at != 0 && --fail_at == 0; }

// Never used memory, zero.
void* TakeFresh(size_t size) {
  if (size > kChunk / 2) return MapMemory(size, PROT_READ | PROT_WRITE);
  if (chunk_left < size) {
    // What is left of the old chunk, at most half of one, is given up.
    void* fresh = MapMemory(kChunk, PROT_READ | PROT_WRITE);
    if (fresh == nullptr) return nullptr;
    chunk = static_cast<uint8_t*>(fresh);
    chunk_left = kChunk;
  }
  void* block = chunk;
  chunk += size;
  chunk_left -= size;
  return block;
}

}  // namespace

namespace {

// Sets *used if the block has been in use before and holds old content.
void* Take(size_t size, bool* used) {
  *used = false;
  if (ShouldFail()) return nullptr;
  if (size > kLargestClass) {
    void* memory = MapMemory(PageCeil(size), PROT_READ | PROT_WRITE);
    if (memory != nullptr) allocated += PageCeil(size);
    return memory;
  }
  const unsigned index = ClassOf(size);
  const size_t block_size = kSmallestClass << index;
  void* block = free_blocks[index];
  if (block != nullptr) {
    free_blocks[index] = free_blocks[index]->next;
    *used = true;
  } else {
    block = TakeFresh(block_size);
  }
  if (block != nullptr) allocated += block_size;
  return block;
}

}  // namespace

void* Allocate(size_t size) {
  bool used = false;
  void* block = Take(size, &used);
  if (used) memset(block, 0, size);
  return block;
}

void* AllocateUninitialized(size_t size) {
  bool used = false;
  return Take(size, &used);
}

void Free(void* memory, size_t size) {
  if (memory == nullptr) return;
  if (size > kLargestClass) {
    allocated -= PageCeil(size);
    UnmapMemory(memory, PageCeil(size));
    return;
  }
  const unsigned index = ClassOf(size);
  allocated -= kSmallestClass << index;
  auto* block = static_cast<FreeBlock*>(memory);
  block->next = free_blocks[index];
  free_blocks[index] = block;
}

void FailAllocation(uint64_t n) { fail_at = n; }

size_t AllocatedBytes() { return allocated; }

}  // namespace ftrace
