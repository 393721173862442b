// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/code_region.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>

#include "runtime/memory.h"
#include "runtime/message.h"
#include "runtime/system.h"

namespace ftrace {
namespace {

constexpr size_t kCommitStep = size_t{64} << 10;
constexpr size_t kSmallestTrampoline = 64;
constexpr uint64_t kSearchStep = kRegionSize;
// Above a program its heap grows; below a library other libraries come. So look below first, then
// far above, then near above.
constexpr uint64_t kFarAbove = uint64_t{1} << 30;
constexpr int kClosedProtection = PROT_READ | PROT_EXEC;
constexpr int kOpenProtection = PROT_READ | PROT_WRITE | PROT_EXEC;

CodeRegion* regions;
bool reported_denied;

uint64_t Address(const void* pointer) { return reinterpret_cast<uint64_t>(pointer); }

int Protect(CodeRegion* region, size_t size, int protection) {
  const uint64_t base = Address(region->base);
  const int result = ProtectMemory(base, base + size, protection);
  if (result == 0 || result == -ENOMEM) return result;
  if (!reported_denied) {
    Message(
        "executable memory is denied (%s), so nothing can be traced; a policy like "
        "PR_SET_MDWE, SELinux execmem or seccomp forbids it to this process",
        strerror(-result));
  }
  reported_denied = true;
  return -EPERM;
}

void* Reserve(uint64_t begin, const arch::AddressRange& reach) {
  if (begin < reach.begin || begin + kRegionSize > reach.end || begin < kRegionSize) return nullptr;
  return MapMemory(kRegionSize, PROT_NONE, reinterpret_cast<void*>(begin));
}

void* ReserveNear(const arch::AddressRange& text) {
  const arch::AddressRange reach = arch::BranchReach(text);
  const uint64_t below = PageFloor(text.begin);
  const uint64_t above = PageCeil(text.end);
  void* memory = nullptr;
  if (reach.begin >= reach.end) return nullptr;  // no place reaches all of the text
  for (uint64_t d = kSearchStep; memory == nullptr && d < below - reach.begin; d += kSearchStep) {
    memory = Reserve(below - d, reach);
  }
  for (uint64_t d = kFarAbove; memory == nullptr && above + d < reach.end; d += kSearchStep) {
    memory = Reserve(above + d, reach);
  }
  for (uint64_t d = kSearchStep; memory == nullptr && d < kFarAbove; d += kSearchStep) {
    memory = Reserve(above + d, reach);
  }
  return memory;
}

CodeRegion* NewRegion(arch::AddressRange text, int* error) {
  *error = -ENOMEM;
  auto* region = New<CodeRegion>();
  if (region == nullptr) return nullptr;
  region->base = static_cast<uint8_t*>(ReserveNear(text));
  if (region->base == nullptr) {
    Message(
        "no free address space within a branch's reach of %#lx-%#lx for stubs; its functions "
        "cannot be traced",
        static_cast<unsigned long>(text.begin), static_cast<unsigned long>(text.end));
    Delete(region);
    return nullptr;
  }
  *error = Protect(region, kCommitStep, kOpenProtection);
  if (*error != 0) {
    UnmapMemory(region->base, kRegionSize);
    Delete(region);
    return nullptr;
  }
  region->committed = kCommitStep;
  region->used = arch::RegionHeaderSize();
  region->open = true;
  arch::WriteRegionHeader(region->base);
  arch::FlushInstructionCache(region->base, arch::RegionHeaderSize());
  region->next = regions;
  regions = region;
  return region;
}

// Takes never used memory; null where the region is full or there is no memory.
uint8_t* Take(CodeRegion* region, size_t size, size_t alignment) {
  const size_t begin = (region->used + alignment - 1) & ~(alignment - 1);
  const size_t end = begin + size;
  if (end > kRegionSize) {
    region->full = true;
    return nullptr;
  }
  if (end > region->committed) {
    const size_t committed = (end + kCommitStep - 1) & ~(kCommitStep - 1);
    if (Protect(region, committed, kOpenProtection) != 0) return nullptr;
    region->committed = committed;
  }
  region->used = end;
  return region->base + begin;
}

void FreeTrampoline(Garbage* garbage) {
  auto* trampoline = static_cast<Trampoline*>(garbage);
  Trampoline*& list = trampoline->region->free_trampolines[trampoline->size_class];
  trampoline->next = list;
  list = trampoline;
}

Trampoline* TakeTrampoline(CodeRegion* region, unsigned size_class) {
  Trampoline*& list = region->free_trampolines[size_class];
  if (list != nullptr) {
    Trampoline* trampoline = list;
    list = static_cast<Trampoline*>(trampoline->next);
    return trampoline;
  }
  auto* trampoline = New<Trampoline>();
  if (trampoline == nullptr) return nullptr;
  trampoline->code = Take(region, kSmallestTrampoline << size_class, kSmallestTrampoline);
  if (trampoline->code == nullptr) {
    Delete(trampoline);
    return nullptr;
  }
  trampoline->region = region;
  trampoline->size_class = size_class;
  trampoline->free = FreeTrampoline;
  return trampoline;
}

}  // namespace

int OpenRegions() {
  for (CodeRegion* region = regions; region != nullptr; region = region->next) {
    if (region->open) continue;
    const int error = Protect(region, region->committed, kOpenProtection);
    if (error != 0) {
      CloseRegions();
      return error;
    }
    region->open = true;
  }
  return 0;
}

void CloseRegions() {
  for (CodeRegion* region = regions; region != nullptr; region = region->next) {
    if (!region->open) continue;
    Protect(region, region->committed, kClosedProtection);
    region->open = false;
  }
}

CodeRegion* FindRegion(arch::AddressRange text, int* error) {
  *error = 0;
  const arch::AddressRange reach = arch::BranchReach(text);
  for (CodeRegion* region = regions; region != nullptr; region = region->next) {
    const uint64_t base = Address(region->base);
    if (!region->full && base >= reach.begin && base + kRegionSize <= reach.end) return region;
  }
  return NewRegion(text, error);
}

uint8_t* NewStub(CodeRegion* region, const uint8_t* target) {
  uint8_t* stub = Take(region, arch::StubSize(), arch::StubSize());
  if (stub == nullptr) return nullptr;
  arch::WriteStub(stub, region->base, target);
  arch::FlushInstructionCache(stub, arch::StubSize());
  return stub;
}

Trampoline* NewTrampoline(CodeRegion* region, const arch::Callback* callbacks, size_t count,
                          bool vectors) {
  const size_t size = arch::MaxTrampolineSize(count, vectors);
  unsigned size_class = 0;
  while (size_class < kTrampolineClasses && kSmallestTrampoline << size_class < size) ++size_class;
  if (size_class == kTrampolineClasses) return nullptr;
  Trampoline* trampoline = TakeTrampoline(region, size_class);
  if (trampoline == nullptr) return nullptr;
  const size_t capacity = kSmallestTrampoline << size_class;
  arch::WriteTrampoline(trampoline->code, capacity, region->base, callbacks, count, vectors);
  arch::FlushInstructionCache(trampoline->code, capacity);
  return trampoline;
}

}  // namespace ftrace
