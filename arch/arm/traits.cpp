// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/arm/traits.h"

namespace ftrace::arm {
namespace {

constexpr uint8_t kMovR0R0[] = {0x00, 0x00, 0xa0, 0xe1};
constexpr uint8_t kBti[] = {0xaf, 0xf3, 0x0f, 0x80};

}  // namespace

bool IsA32Pad(const uint8_t* pad) {
  return SameBytes(pad, kA32Traits.pad_bytes, kPadSize) || SameBytes(pad, kMovR0R0, kPadSize);
}

bool IsA32Lead(const uint8_t* /*text*/, size_t size, bool /*big_endian*/) { return size == 0; }

bool IsThumb2Pad(const uint8_t* pad) { return SameBytes(pad, kThumb2Traits.pad_bytes, kPadSize); }

bool IsThumb2Lead(const uint8_t* text, size_t size, bool /*big_endian*/) {
  return size == 0 || (size == sizeof(kBti) && SameBytes(text, kBti, sizeof(kBti)));
}

}  // namespace ftrace::arm
