// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Memory for generated code within a branch's reach of a module's text: a header with the exit and
// the jumps to the gates, stubs that are never freed, trampolines that are.
//
// Nothing stays writable and executable: the region is readable and executable, and writable too
// only between OpenRegions() and CloseRegions().
#ifndef FTRACE_RUNTIME_CODE_REGION_H_
#define FTRACE_RUNTIME_CODE_REGION_H_

#include <cstddef>
#include <cstdint>

#include "arch/target.h"
#include "runtime/garbage.h"

namespace ftrace {

inline constexpr size_t kRegionSize = size_t{16} << 20;
inline constexpr unsigned kTrampolineClasses = 16;  // 64 bytes to 2 MiB

struct CodeRegion;

struct Trampoline : Garbage {
  CodeRegion* region;
  uint8_t* code;
  unsigned size_class;
};

struct CodeRegion {
  CodeRegion* next;
  uint8_t* base;     // also the header
  size_t used;       // bytes handed out
  size_t committed;  // bytes that have memory, from base
  bool open;         // writable now
  bool full;         // something did not fit: new code goes to another region
  Trampoline* free_trampolines[kTrampolineClasses];
};

// All of this under the lock.

// Makes all regions writable, those made later included, until CloseRegions(). Returns 0 or -EPERM
// (policy; one line on stderr says so): then all are closed.
int OpenRegions();
void CloseRegions();

// A region with room that serves text in this range, made (and open) if there is none. Null: *error
// is -EPERM (policy) or -ENOMEM (no memory, or no free address space within reach).
CodeRegion* FindRegion(arch::AddressRange text, int* error);

// A stub that leads to `target`; null: no memory. The region must be open.
uint8_t* NewStub(CodeRegion* region, const uint8_t* target);

// A trampoline for these callbacks; null: no memory. The region must be open. It becomes free again
// through its Garbage node.
Trampoline* NewTrampoline(CodeRegion* region, const arch::Callback* callbacks, size_t count,
                          bool vectors);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_CODE_REGION_H_
