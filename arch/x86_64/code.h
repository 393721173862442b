// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The machine code of the runtime on x86_64 as pure functions: bytes in, bytes out, no memory
// mapped and nothing executed. Built and tested on every host.
#ifndef FTRACE_ARCH_X86_64_CODE_H_
#define FTRACE_ARCH_X86_64_CODE_H_

#include <cstddef>
#include <cstdint>

#include "arch/x86_64/asm_defs.h"
#include "arch/x86_64/pad.h"

namespace ftrace::x86_64 {

// ---- Immortal code ---------------------------------------------------------------------------

// A region of stubs begins with the code that all of them share: the exit, and jumps to the gates,
// which are the runtime's own text and may be out of a branch's reach.
inline constexpr size_t kRegionHeaderSize = 64;
inline constexpr size_t kRegionExit = 0;      // leaves the bracket, returns behind the pad
inline constexpr size_t kRegionSlow = 16;     // called by a stub whose bracket word is odd
inline constexpr size_t kRegionGeneric = 32;  // stands in for a trampoline: walks the site's set

void EncodeRegionHeader(uint8_t* out, int32_t thread_record_tpoff, uint64_t slow_gate,
                        uint64_t generic_gate);

// stub(SET), 32 bytes, 32-aligned:
//   mov  %fs:thread_record, %r11
//   testb $1, (%r11)         odd: inside a callback, or this thread is not registered yet
//   jne  slow
//   incl (%r11)              enter the bracket
//   jmp  trampoline          the rel32 lies in one aligned word: one store retargets it
// slow:
//   call region_slow         CF: try again (registered now)
//   jc   stub
//   ret                      behind the pad
inline constexpr size_t kStubSize = 32;
inline constexpr size_t kStubJump = 18;

void EncodeStub(uint8_t* out, uint64_t address, int32_t thread_record_tpoff, uint64_t target,
                uint64_t region_slow);
// The aligned word of a stub that holds its jump, and the offset of that word in the stub.
inline constexpr size_t kStubJumpWord = kStubJump & ~size_t{7};
uint64_t WithStubTarget(uint64_t word, uint64_t stub, uint64_t target);
uint64_t StubTarget(uint64_t word, uint64_t stub);

// ---- Freeable code ---------------------------------------------------------------------------

struct TrampolineMember {
  uint64_t func;
  uint64_t ops;
};

enum class VectorWidth : uint8_t {
  kNone = FTRACE_VECTOR_NONE,
  kXmm = FTRACE_VECTOR_XMM,
  kYmm = FTRACE_VECTOR_YMM,
  kZmm = FTRACE_VECTOR_ZMM,
};

// Saves what a callee may clobber and the traced function needs, calls every member in order with
// (ip, parent_ip, ops, regs), restores, and leaves through the region's exit.
// Returns the size in bytes; writes only if `out` is not null and `capacity` suffices.
size_t EncodeTrampoline(uint8_t* out, size_t capacity, uint64_t address,
                        const TrampolineMember* members, size_t count, VectorWidth width,
                        uint64_t region_exit);

// At least what EncodeTrampoline() needs, wherever the code and the callbacks lie.
size_t MaxTrampolineSize(size_t count, VectorWidth width);

}  // namespace ftrace::x86_64

#endif  // FTRACE_ARCH_X86_64_CODE_H_
