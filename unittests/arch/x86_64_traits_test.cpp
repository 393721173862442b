// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <gtest/gtest.h>

#include <vector>

#include "arch/x86_64/traits.h"
#include "unittests/arch/disassemble.h"

namespace ftrace {
namespace {

constexpr uint64_t kAddress = 0x401000;

TEST(X86_64Traits, PadIsOneNopWithAPrefix) {
  const auto pad = Disassemble({x86_64::kTraits.pad_bytes, x86_64::kPadSize}, kAddress);
  ASSERT_EQ(pad.size(), 1u);
  EXPECT_EQ(pad[0].end, kAddress + x86_64::kPadSize);
  EXPECT_EQ(pad[0].id, unsigned{X86_INS_NOP});
  EXPECT_EQ(pad[0].detail.prefix[3], X86_PREFIX_ADDRSIZE);
}

TEST(X86_64Traits, PadWithoutItsPrefixIsStillOneNop) {
  const auto pad = Disassemble({x86_64::kTraits.pad_bytes + 1, x86_64::kPadSize - 1}, kAddress);
  ASSERT_EQ(pad.size(), 1u);
  EXPECT_EQ(pad[0].id, unsigned{X86_INS_NOP});
}

TEST(X86_64Traits, PadIsPatchableOnlyInsideOneWord) {
  for (uint64_t offset = 0; offset < 8; ++offset) {
    EXPECT_EQ(IsPatchable(x86_64::kTraits, kAddress + offset), offset <= 2) << offset;
  }
}

std::vector<uint8_t> Lead(std::vector<uint8_t> filler) {
  filler.insert(filler.begin(), {0xf3, 0x0f, 0x1e, 0xfa});
  return filler;
}

bool IsLead(const std::vector<uint8_t>& bytes) {
  return x86_64::kTraits.is_lead(bytes.data(), bytes.size(), false);
}

TEST(X86_64Traits, LeadIsNothingOrALandingPadAndNops) {
  EXPECT_TRUE(IsLead({}));
  EXPECT_TRUE(IsLead(Lead({0x0f, 0x1f, 0x40, 0x00})));
  EXPECT_TRUE(IsLead(Lead({0x90, 0x90, 0x90, 0x90})));
  EXPECT_TRUE(IsLead(Lead({0x66, 0x90, 0x66, 0x90})));
}

TEST(X86_64Traits, LeadWithRealInstructionsIsRefused) {
  EXPECT_FALSE(IsLead(Lead({})));
  EXPECT_FALSE(IsLead(Lead({0x55, 0x90, 0x90, 0x90})));  // push %rbp
  EXPECT_FALSE(IsLead({0x0f, 0x1f, 0x40, 0x00}));        // no landing pad
  EXPECT_FALSE(IsLead({0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90}));
  EXPECT_FALSE(IsLead(Lead({0x90, 0x90, 0x90, 0x90, 0x90})));
}

}  // namespace
}  // namespace ftrace
