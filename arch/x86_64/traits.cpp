// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/x86_64/traits.h"

namespace ftrace::x86_64 {
namespace {

constexpr uint8_t kEndbr[] = {0xf3, 0x0f, 0x1e};
constexpr uint8_t kEndbr64LastByte = 0xfa;
constexpr size_t kLandingPadSize = 4;

// Every four-byte filler the assemblers in use choose for `.p2align 3, , 7` behind it.
constexpr uint8_t kFillers[][4] = {
    {0x0f, 0x1f, 0x40, 0x00},  // nopl 0(%rax)
    {0x90, 0x90, 0x90, 0x90},  // nop; nop; nop; nop
    {0x66, 0x90, 0x66, 0x90},  // xchg %ax,%ax; xchg %ax,%ax
    {0x8d, 0x74, 0x26, 0x00},  // lea 0(%rsi,%riz),%esi
};

}  // namespace

bool IsPad(const uint8_t* pad) { return SameBytes(pad, kTraits.pad_bytes, kPadSize); }

bool IsLead(const uint8_t* text, size_t size, bool /*big_endian*/) {
  return size == 0 || IsLandingPadAndFiller(text, size, kEndbr64LastByte);
}

bool IsLandingPadAndFiller(const uint8_t* text, size_t size, uint8_t last_byte) {
  if (size != kLandingPadSize + sizeof(kFillers[0])) return false;
  if (!SameBytes(text, kEndbr, sizeof(kEndbr)) || text[sizeof(kEndbr)] != last_byte) return false;
  for (const auto& filler : kFillers) {
    if (SameBytes(text + kLandingPadSize, filler, sizeof(filler))) return true;
  }
  return false;
}

}  // namespace ftrace::x86_64
