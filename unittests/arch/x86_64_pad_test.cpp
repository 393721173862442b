// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <gtest/gtest.h>

#include <array>
#include <cstring>

#include "arch/x86_64/code.h"
#include "unittests/arch/disassemble.h"

namespace ftrace::x86_64 {
namespace {

constexpr uint64_t kWordAddress = 0x555555554000;
constexpr uint64_t kOther = 0xa1a2a3a4a5a6a7a8;  // what stands around the pad
constexpr uint64_t kPadOffsets = 3;

uint64_t Word(std::array<uint8_t, 8> bytes) {
  uint64_t word;
  std::memcpy(&word, bytes.data(), sizeof(word));
  return word;
}

std::array<uint8_t, 8> Bytes(uint64_t word) {
  std::array<uint8_t, 8> bytes;
  std::memcpy(bytes.data(), &word, sizeof(word));
  return bytes;
}

// The bytes outside the pad, the pad's zeroed.
uint64_t Outside(uint64_t word, uint64_t offset) {
  auto bytes = Bytes(word);
  for (size_t i = 0; i < kPadSize; ++i) bytes[offset + i] = 0;
  return Word(bytes);
}

uint64_t WithByte(uint64_t word, uint64_t offset, uint8_t value) {
  auto bytes = Bytes(word);
  bytes[offset] = value;
  return Word(bytes);
}

std::vector<Instruction> PadInstructions(uint64_t word, uint64_t offset) {
  const auto bytes = Bytes(word);
  return Disassemble({bytes.data() + offset, kPadSize}, kWordAddress + offset);
}

class PadAtOffset : public testing::TestWithParam<uint64_t> {
 protected:
  uint64_t pad() const { return kWordAddress + GetParam(); }
};

INSTANTIATE_TEST_SUITE_P(X86_64, PadAtOffset, testing::Range(uint64_t{0}, kPadOffsets));

TEST_P(PadAtOffset, NopIsTheCompilersBytesAndKeepsTheRest) {
  const uint64_t word = WithNop(kOther, pad());
  EXPECT_EQ(Outside(word, GetParam()), Outside(kOther, GetParam()));
  EXPECT_EQ(std::memcmp(Bytes(word).data() + GetParam(), kTraits.pad_bytes, kPadSize), 0);
  EXPECT_EQ(DecodePad(word, pad()).kind, PadKind::kNop);
}

TEST_P(PadAtOffset, CallReachesItsTargetAndKeepsTheRest) {
  for (const uint64_t target : {pad() + 6, pad(), pad() + 6 + 0x7fffffff, pad() + 6 - 0x80000000,
                                pad() + 0x1234560, pad() - 0x654321}) {
    const uint64_t word = WithCall(kOther, pad(), target);
    EXPECT_EQ(Outside(word, GetParam()), Outside(kOther, GetParam()));

    const auto code = PadInstructions(word, GetParam());
    ASSERT_EQ(code.size(), 1u);
    EXPECT_EQ(code[0].end, pad() + kPadSize);
    EXPECT_EQ(code[0].id, unsigned{X86_INS_CALL});
    EXPECT_EQ(code[0].detail.prefix[3], X86_PREFIX_ADDRSIZE);
    EXPECT_EQ(static_cast<uint64_t>(code[0].detail.operands[0].imm), target);

    const DecodedPad decoded = DecodePad(word, pad());
    EXPECT_EQ(decoded.kind, PadKind::kCall);
    EXPECT_EQ(decoded.target, target);
  }
}

TEST_P(PadAtOffset, FirstByteIsTheSameInNopAndCall) {
  const auto nop = Bytes(WithNop(0, pad()));
  const auto call = Bytes(WithCall(0, pad(), pad()));
  EXPECT_EQ(nop[GetParam()], call[GetParam()]);
}

TEST_P(PadAtOffset, NopUndoesCall) {
  const uint64_t nop = WithNop(kOther, pad());
  EXPECT_EQ(WithNop(WithCall(nop, pad(), pad() + 0x1000), pad()), nop);
}

TEST_P(PadAtOffset, JumpIsDecodedWithItsTarget) {
  const uint64_t target = pad() - 0x1000;
  const uint64_t word = WithByte(WithCall(kOther, pad(), target), GetParam() + 1, kJmpRel32);
  const auto code = PadInstructions(word, GetParam());
  ASSERT_EQ(code.size(), 1u);
  ASSERT_EQ(code[0].id, unsigned{X86_INS_JMP});
  const DecodedPad decoded = DecodePad(word, pad());
  EXPECT_EQ(decoded.kind, PadKind::kJump);
  EXPECT_EQ(decoded.target, target);
  EXPECT_EQ(static_cast<uint64_t>(code[0].detail.operands[0].imm), target);
}

TEST_P(PadAtOffset, BreakpointIsSeenOnAndBehindThePrefixOfNopAndCall) {
  for (const uint64_t word : {WithNop(kOther, pad()), WithCall(kOther, pad(), pad() + 64)}) {
    EXPECT_EQ(DecodePad(WithByte(word, GetParam(), kInt3), pad()).kind, PadKind::kBreakpoint);
    EXPECT_EQ(DecodePad(WithByte(word, GetParam() + 1, kInt3), pad()).kind, PadKind::kBreakpoint);
  }
}

TEST_P(PadAtOffset, EveryOtherChangeOfTheNopIsForeign) {
  const uint64_t nop = WithNop(kOther, pad());
  for (uint64_t i = 0; i < kPadSize; ++i) {
    const uint64_t word = WithByte(nop, GetParam() + i, 0x55);
    EXPECT_EQ(DecodePad(word, pad()).kind, PadKind::kForeign) << i;
  }
  EXPECT_EQ(DecodePad(0, pad()).kind, PadKind::kForeign);
}

TEST_P(PadAtOffset, BytesAroundThePadDecideNothing) {
  EXPECT_EQ(DecodePad(WithNop(0, pad()), pad()).kind, PadKind::kNop);
  EXPECT_EQ(DecodePad(WithNop(~uint64_t{0}, pad()), pad()).kind, PadKind::kNop);
}

TEST_P(PadAtOffset, EveryByteOfThePadCounts) {
  const uint64_t nop = WithNop(kOther, pad());
  for (uint64_t i = 0; i < kPadSize; ++i) {
    const uint64_t offset = GetParam() + i;
    const uint64_t word = WithByte(nop, offset, Bytes(nop)[offset] ^ 1);
    EXPECT_NE(DecodePad(word, pad()).kind, PadKind::kNop) << i;
  }
}

TEST(X86_64Reach, EndsExactlyAtTwoGibibytes) {
  constexpr uint64_t kNext = 0x7f0000000000;
  EXPECT_TRUE(Reaches(kNext, kNext));
  EXPECT_TRUE(Reaches(kNext, kNext + 0x7fffffff));
  EXPECT_FALSE(Reaches(kNext, kNext + 0x80000000));
  EXPECT_TRUE(Reaches(kNext, kNext - 0x80000000));
  EXPECT_FALSE(Reaches(kNext, kNext - 0x80000001));
}

TEST(X86_64Reach, FarApartIsNeverInReach) {
  EXPECT_FALSE(Reaches(0x555555554000, 0x7f0000000000));
  EXPECT_FALSE(Reaches(0x7f0000000000, 0x555555554000));
  // The low 32 bits agree: a distance cut to 32 bits would be zero.
  EXPECT_FALSE(Reaches(0x100000000, 0x200000000));
}

}  // namespace
}  // namespace ftrace::x86_64
