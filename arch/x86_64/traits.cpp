// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/x86_64/traits.h"

namespace ftrace::x86_64 {
namespace {

constexpr uint8_t kEndbr64[] = {0xf3, 0x0f, 0x1e, 0xfa};

// Every four-byte filler the assemblers in use choose for `.p2align 3, , 7` behind endbr64.
constexpr uint8_t kFillers[][4] = {
    {0x0f, 0x1f, 0x40, 0x00},  // nopl 0(%rax)
    {0x90, 0x90, 0x90, 0x90},  // nop; nop; nop; nop
    {0x66, 0x90, 0x66, 0x90},  // xchg %ax,%ax; xchg %ax,%ax
    {0x8d, 0x74, 0x26, 0x00},  // lea 0(%rsi,%riz),%esi
};

bool Equal(const uint8_t* a, const uint8_t* b, size_t size) {
  for (size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace

bool IsLead(const uint8_t* text, size_t size) {
  if (size == 0) return true;
  if (size != sizeof(kEndbr64) + sizeof(kFillers[0])) return false;
  if (!Equal(text, kEndbr64, sizeof(kEndbr64))) return false;
  for (const auto& filler : kFillers) {
    if (Equal(text + sizeof(kEndbr64), filler, sizeof(filler))) return true;
  }
  return false;
}

}  // namespace ftrace::x86_64
