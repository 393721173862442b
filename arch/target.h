// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The seam between the runtime and the instruction set it runs on. Every arch/<isa>/ implements
// these functions for its target; a missing one is a link error. The runtime knows nothing else.
//
// What is written as code here is written to memory that is writable at that time; what runs it
// afterwards needs FlushInstructionCache() and a core-synchronising membarrier.
#ifndef FTRACE_ARCH_TARGET_H_
#define FTRACE_ARCH_TARGET_H_

#include <cstddef>
#include <cstdint>

#include "arch/arch_traits.h"

struct ftrace_ops;
struct ftrace_regs;

namespace ftrace::arch {

const ArchTraits& Traits();

// Learns what the CPU has. `thread_record` is this thread's instance of the variable that points
// to the bracket word (initial-exec TLS: its distance to the thread pointer is the same anywhere).
void Initialize(const void* thread_record);

// ---- Pads ------------------------------------------------------------------------------------

enum class PadState : uint8_t {
  kPristine,    // the compiler's bytes
  kCall,        // a call, to `target`
  kBreakpoint,  // a debugger's or a uprobe's
  kForeign,     // anything else
};

PadState ReadPad(uint64_t pad, uint64_t* target);

// Makes the pad call `target`, or the compiler's again if that is 0, in one atomic store. A
// breakpoint that stands there stays. Returns what it has found.
PadState SwitchPad(uint64_t pad, uint64_t target);

// The bytes that SwitchPad() gives the pad; kMaxPadSize are enough.
void PadBytes(uint64_t pad, uint64_t target, uint8_t* out);

// ---- Regions of generated code ---------------------------------------------------------------

struct AddressRange {
  uint64_t begin;
  uint64_t end;
};

// Code that lies entirely in the result can branch to, and be reached from, all of `text`.
AddressRange BranchReach(AddressRange text);

size_t RegionHeaderSize();
void WriteRegionHeader(uint8_t* header);

size_t StubSize();
// A stub that enters the bracket and jumps to `target`.
void WriteStub(uint8_t* stub, const uint8_t* header, const uint8_t* target);
// One aligned store.
void RetargetStub(uint8_t* stub, const uint8_t* target);
// Targets that every region has: leave the bracket and return; walk the site's set.
const uint8_t* RegionExit(const uint8_t* header);
const uint8_t* RegionGeneric(const uint8_t* header);

struct Callback {
  void (*func)(unsigned long, unsigned long, struct ftrace_ops*, struct ftrace_regs*);
  struct ftrace_ops* ops;
};

size_t MaxTrampolineSize(size_t count, bool vectors);
// Calls the callbacks in order; with `vectors` keeps the vector argument registers too. Returns
// the size.
size_t WriteTrampoline(uint8_t* out, size_t capacity, const uint8_t* header,
                       const Callback* callbacks, size_t count, bool vectors);

void FlushInstructionCache(const void* begin, size_t size);

// ---- Running ---------------------------------------------------------------------------------

// The pad and the return address of the traced call whose registers these are.
uint64_t RegsPad(const ftrace_regs* regs);
uint64_t RegsParent(const ftrace_regs* regs);

// ++*counter in one instruction, or so that a signal handler's increment in between is not lost.
// The counter has one writing thread.
void IncrementCounter(uint64_t* counter);

}  // namespace ftrace::arch

// ---- What the gates, in assembly, call in the runtime -----------------------------------------

// A stub has found the bracket word odd. Returns 1: try the stub again; 0: go on with the body.
extern "C" int ftrace_slow_path(ftrace_regs* regs);
// Inside the bracket: calls every tracer of the site that `regs` comes from.
extern "C" void ftrace_walk_site(ftrace_regs* regs);

#endif  // FTRACE_ARCH_TARGET_H_
