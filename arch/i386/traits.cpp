// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/i386/traits.h"

#include "arch/x86_64/traits.h"

namespace ftrace::i386 {
namespace {

constexpr uint8_t kEndbr32LastByte = 0xfb;

}  // namespace

bool IsPad(const uint8_t* pad) { return SameBytes(pad, kTraits.pad_bytes, kPadSize); }

bool IsLead(const uint8_t* text, size_t size, bool /*big_endian*/) {
  return size == 0 || x86_64::IsLandingPadAndFiller(text, size, kEndbr32LastByte);
}

}  // namespace ftrace::i386
