// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/aarch64/traits.h"

namespace ftrace::aarch64 {
namespace {

constexpr uint32_t kBtiC = 0xd503245f;
constexpr uint32_t kBtiJc = 0xd50324df;

}  // namespace

bool IsPad(const uint8_t* pad) { return SameBytes(pad, kTraits.pad_bytes, kPadSize); }

bool IsLead(const uint8_t* text, size_t size, bool /*big_endian*/) {
  if (size == 0) return true;
  if (size != sizeof(uint32_t)) return false;
  const uint32_t word = LoadWord(text, false);
  return word == kBtiC || word == kBtiJc;
}

}  // namespace ftrace::aarch64
