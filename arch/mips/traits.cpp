// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/mips/traits.h"

namespace ftrace::mips {
namespace {

constexpr uint32_t kImmediate = 0xffff;

// LLVM: lui $2, %hi(_gp_disp); addiu $2, $2, %lo(_gp_disp). The sum with $25 follows the pad.
constexpr uint32_t kLuiV0 = 0x3c020000;
constexpr uint32_t kAddiuV0 = 0x24420000;

// GCC's .cpload: the same for $28, and addu $28, $28, $25.
constexpr uint32_t kLuiGp = 0x3c1c0000;
constexpr uint32_t kAddiuGp = 0x279c0000;
constexpr uint32_t kAdduGpT9 = 0x0399e021;

}  // namespace

bool IsPad(const uint8_t* pad) { return SameBytes(pad, k32Traits.pad_bytes, kPadSize); }

bool IsLead(const uint8_t* text, size_t size, bool big_endian) {
  if (size == 0) return true;
  if (size != 8 && size != 12) return false;
  const uint32_t first = LoadWord(text, big_endian) & ~kImmediate;
  const uint32_t second = LoadWord(text + 4, big_endian) & ~kImmediate;
  if (size == 8) return first == kLuiV0 && second == kAddiuV0;
  return first == kLuiGp && second == kAddiuGp && LoadWord(text + 8, big_endian) == kAdduGpT9;
}

}  // namespace ftrace::mips
