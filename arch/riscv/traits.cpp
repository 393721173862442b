// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/riscv/traits.h"

namespace ftrace::riscv {
namespace {

constexpr uint32_t kUpperImmediate = 0xfffff000;
constexpr uint32_t kLpad = 0x17;  // auipc x0

}  // namespace

bool IsPad(const uint8_t* pad) {
  return (LoadWord(pad, false) & ~kUpperImmediate) == LoadWord(kTraits.pad_bytes, false) &&
         LoadWord(pad + 4, false) == LoadWord(kTraits.pad_bytes + 4, false);
}

bool IsLead(const uint8_t* text, size_t size, bool /*big_endian*/) {
  if (size == 0) return true;
  return size == sizeof(uint32_t) && (LoadWord(text, false) & ~kUpperImmediate) == kLpad;
}

bool ReachesGate(const uint8_t* pad, uint64_t address, uint64_t gate) {
  constexpr int64_t kLowerImmediate = 2048;  // 12 bits, signed
  const auto upper = static_cast<int32_t>(LoadWord(pad, false) & kUpperImmediate);
  const auto rest = static_cast<int64_t>(gate - (address + static_cast<uint64_t>(int64_t{upper})));
  return rest >= -kLowerImmediate && rest < kLowerImmediate;
}

}  // namespace ftrace::riscv
