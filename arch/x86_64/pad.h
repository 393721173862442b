// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pad on x86_64 as pure functions on the aligned word that holds it. Inline: switching 100 000
// pads takes each of them twice.
#ifndef FTRACE_ARCH_X86_64_PAD_H_
#define FTRACE_ARCH_X86_64_PAD_H_

#include <cstddef>
#include <cstdint>

#include "arch/x86_64/traits.h"

namespace ftrace::x86_64 {

inline constexpr uint8_t kAddr32Prefix = 0x67;
inline constexpr uint8_t kCallRel32 = 0xe8;
inline constexpr uint8_t kJmpRel32 = 0xe9;
inline constexpr uint8_t kInt3 = 0xcc;

inline constexpr unsigned kByteBits = 8;
inline constexpr size_t kBranchSize = 5;       // opcode and rel32
inline constexpr size_t kPadBranchOffset = 1;  // behind the prefix

// ---- Branches --------------------------------------------------------------------------------

// Whether a rel32 that ends at `next` reaches `target`.
constexpr bool Reaches(uint64_t next, uint64_t target) {
  const auto distance = static_cast<int64_t>(target - next);
  return distance == static_cast<int32_t>(distance);
}

// The five bytes of a branch at `at`, first byte lowest.
constexpr uint64_t Branch(uint8_t opcode, uint64_t at, uint64_t target) {
  const uint64_t rel32 = (target - (at + kBranchSize)) & 0xffffffff;
  return uint64_t{opcode} | rel32 << kByteBits;
}

constexpr uint64_t BranchTarget(uint64_t branch, uint64_t at) {
  const auto rel32 = static_cast<int32_t>(branch >> kByteBits);
  return at + kBranchSize + static_cast<uint64_t>(int64_t{rel32});
}

// ---- Pads: six bytes inside one aligned word -------------------------------------------------

constexpr unsigned PadShift(uint64_t pad) { return static_cast<unsigned>(pad % 8) * kByteBits; }

constexpr uint64_t PadMask(uint64_t pad) {
  return ((uint64_t{1} << (kPadSize * kByteBits)) - 1) << PadShift(pad);
}

constexpr uint64_t BytesToWord(const uint8_t* bytes, size_t size) {
  uint64_t word = 0;
  for (size_t i = 0; i < size; ++i) word |= uint64_t{bytes[i]} << (i * kByteBits);
  return word;
}

inline constexpr uint64_t kNopBytes = BytesToWord(kTraits.pad_bytes, kPadSize);

// The word that holds the pad at `pad`, with the pad replaced; the other bytes stay.
constexpr uint64_t WithPad(uint64_t word, uint64_t pad, uint64_t bytes) {
  return (word & ~PadMask(pad)) | (bytes << PadShift(pad));
}

constexpr uint64_t WithNop(uint64_t word, uint64_t pad) { return WithPad(word, pad, kNopBytes); }

constexpr uint64_t WithCall(uint64_t word, uint64_t pad, uint64_t target) {
  return WithPad(word, pad,
                 uint64_t{kAddr32Prefix} | Branch(kCallRel32, pad + kPadBranchOffset, target)
                                               << kByteBits);
}

enum class PadKind : uint8_t { kNop, kCall, kJump, kBreakpoint, kForeign };

struct DecodedPad {
  PadKind kind;
  uint64_t target;  // of kCall and kJump
};

// `word` is what memory holds at `pad` rounded down to 8.
constexpr DecodedPad DecodePad(uint64_t word, uint64_t pad) {
  const uint64_t bytes = (word & PadMask(pad)) >> PadShift(pad);
  if (bytes == kNopBytes) return {PadKind::kNop, 0};
  const auto first = static_cast<uint8_t>(bytes);
  const auto second = static_cast<uint8_t>(bytes >> kByteBits);
  if (first == kInt3 || (first == kAddr32Prefix && second == kInt3)) {
    return {PadKind::kBreakpoint, 0};
  }
  if (first == kAddr32Prefix && (second == kCallRel32 || second == kJmpRel32)) {
    return {second == kCallRel32 ? PadKind::kCall : PadKind::kJump,
            BranchTarget(bytes >> kByteBits, pad + kPadBranchOffset)};
  }
  return {PadKind::kForeign, 0};
}

}  // namespace ftrace::x86_64

#endif  // FTRACE_ARCH_X86_64_PAD_H_
