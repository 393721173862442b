// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/ppc64le/traits.h"

namespace ftrace::ppc64le {
namespace {

constexpr uint32_t kImmediate = 0xffff;
constexpr uint32_t kAddisR2R12 = 0x3c4c0000;
constexpr uint32_t kLisR2 = 0x3c400000;  // linkers relax addis to it where the TOC is known
constexpr uint32_t kAddiR2R2 = 0x38420000;
constexpr uint32_t kLdR2R12 = 0xe84c0000;  // large code model: the distance is loaded
constexpr uint32_t kAddR2R2R12 = 0x7c426214;

}  // namespace

bool IsPad(const uint8_t* pad) { return SameBytes(pad, kTraits.pad_bytes, kPadSize); }

bool IsLead(const uint8_t* text, size_t size, bool /*big_endian*/) {
  if (size == 0) return true;
  if (size != 2 * sizeof(uint32_t)) return false;
  const uint32_t first = LoadWord(text, false) & ~kImmediate;
  const uint32_t second = LoadWord(text + sizeof(uint32_t), false);
  if (first == kLdR2R12) return second == kAddR2R2R12;
  return (first == kAddisR2R12 || first == kLisR2) && (second & ~kImmediate) == kAddiR2R2;
}

}  // namespace ftrace::ppc64le
