// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What holds for every ISA, with Capstone as the oracle where it knows the ISA (not RISC-V).
#include "arch/arch_traits.h"

#include <capstone/capstone.h>
#include <gmock/gmock.h>

#include <bit>
#include <string>
#include <vector>

namespace ftrace {
namespace {

using ::testing::ElementsAreArray;

struct Target {
  unsigned isa;
  unsigned elf_machine;
  unsigned elf_class;
  bool big_endian;  // data
  cs_arch arch;
  int mode;
  std::vector<std::string> pad;
  std::vector<std::vector<uint8_t>> leads;
};

void PrintTo(const Target& target, std::ostream* stream) {
  *stream << FindArchTraits(target.isa)->name << (target.big_endian ? " big-endian" : "");
}

class EveryIsa : public testing::TestWithParam<Target> {
 protected:
  const ArchTraits& traits() const { return *FindArchTraits(GetParam().isa); }
};

std::vector<std::string> Disassemble(const Target& target, const uint8_t* bytes, size_t size) {
  csh handle = 0;
  EXPECT_EQ(cs_open(target.arch, static_cast<cs_mode>(target.mode), &handle), CS_ERR_OK);
  cs_insn* instructions = nullptr;
  const size_t count = cs_disasm(handle, bytes, size, 0x1000, 0, &instructions);
  std::vector<std::string> texts;
  for (size_t i = 0; i < count; ++i) {
    texts.emplace_back(instructions[i].mnemonic);
    if (instructions[i].op_str[0] != 0) texts.back() += std::string(" ") + instructions[i].op_str;
  }
  if (count != 0) cs_free(instructions, count);
  cs_close(&handle);
  return texts;
}

TEST_P(EveryIsa, IsFoundByIsaAndInItsElfFilesOnly) {
  const Target& target = GetParam();
  EXPECT_EQ(FindArchTraits(target.isa, target.elf_machine, target.elf_class), &traits());
  EXPECT_TRUE(IsKnownElf(target.elf_machine, target.elf_class));
  EXPECT_EQ(traits().isa, target.isa);
  EXPECT_EQ(FindArchTraits(target.isa, 0xffff, target.elf_class), nullptr);
  EXPECT_EQ(FindArchTraits(target.isa, target.elf_machine, 3), nullptr);
}

TEST_P(EveryIsa, DisabledPadIsNops) {
  if (GetParam().pad.empty()) GTEST_FAIL() << "no expectation";
  EXPECT_THAT(Disassemble(GetParam(), traits().pad_bytes, traits().pad_size),
              ElementsAreArray(GetParam().pad));
  EXPECT_TRUE(traits().is_pad(traits().pad_bytes));
}

TEST_P(EveryIsa, PadWithAnyOtherBitIsNoPad) {
  for (size_t bit = 0; bit < traits().pad_size * 8u; ++bit) {
    uint8_t bytes[kMaxPadSize];
    std::copy(std::begin(traits().pad_bytes), std::end(traits().pad_bytes), bytes);
    bytes[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
    EXPECT_FALSE(traits().is_pad(bytes)) << "bit " << bit;
  }
}

TEST_P(EveryIsa, LiveInstructionIsPartOfThePadAndOfOnePatchUnit) {
  EXPECT_LE(traits().pad_size, kMaxPadSize);
  EXPECT_EQ(ftrace_site_width(ftrace_site_make_width(traits().pad_size)), traits().pad_size);
  EXPECT_LE(traits().live_offset + traits().live_size, traits().pad_size);
  EXPECT_TRUE(std::has_single_bit(traits().pad_alignment));
  // What the plugins align is the pad; behind a landing pad they align again or keep the unit.
  for (uint64_t pad = 0; pad < 64; pad += traits().pad_alignment) {
    EXPECT_TRUE(IsPatchable(traits(), pad + traits().live_offset)) << pad;
  }
  EXPECT_FALSE(IsPatchable(traits(), traits().patch_unit - traits().live_size + 1u));
}

TEST_P(EveryIsa, LeadIsWhatMustComeFirstAndNothingElse) {
  const auto is_lead = [&](const std::vector<uint8_t>& bytes) {
    return traits().is_lead(bytes.data(), bytes.size(), GetParam().big_endian);
  };
  EXPECT_TRUE(is_lead({}));
  for (std::vector<uint8_t> lead : GetParam().leads) {
    EXPECT_TRUE(is_lead(lead));
    lead.pop_back();
    EXPECT_FALSE(is_lead(lead)) << "cut short";
    lead.push_back(0x5a);
    EXPECT_FALSE(is_lead(std::vector<uint8_t>(lead.size(), 0x5a))) << "other instructions";
    lead.insert(lead.end(), 4, 0);
    EXPECT_FALSE(is_lead(lead)) << "more instructions";
  }
  EXPECT_FALSE(is_lead({1}));
  EXPECT_FALSE(is_lead({1, 2, 3, 4}));
}

const Target kTargets[] = {
    {FTRACE_ISA_X86_64,
     62,
     2,
     false,
     CS_ARCH_X86,
     CS_MODE_64,
     {"nop dword ptr [eax + eax]"},
     {{0xf3, 0x0f, 0x1e, 0xfa, 0x0f, 0x1f, 0x40, 0x00}}},
    {FTRACE_ISA_I386,
     3,
     1,
     false,
     CS_ARCH_X86,
     CS_MODE_32,
     {"lea esi, gs:[esi]"},
     {{0xf3, 0x0f, 0x1e, 0xfb, 0x8d, 0x74, 0x26, 0x00},
      {0xf3, 0x0f, 0x1e, 0xfb, 0x66, 0x90, 0x66, 0x90},
      {0xf3, 0x0f, 0x1e, 0xfb, 0x90, 0x90, 0x90, 0x90}}},
    {FTRACE_ISA_AARCH64,
     183,
     2,
     false,
     CS_ARCH_ARM64,
     CS_MODE_LITTLE_ENDIAN,
     {"mov x9, x30", "nop"},
     {{0x5f, 0x24, 0x03, 0xd5}}},  // bti c
    {FTRACE_ISA_AARCH64,
     183,
     2,
     true,
     CS_ARCH_ARM64,
     CS_MODE_LITTLE_ENDIAN,
     {"mov x9, x30", "nop"},
     {{0x5f, 0x24, 0x03, 0xd5}}},
    {FTRACE_ISA_ARM_A32, 40, 1, false, CS_ARCH_ARM, CS_MODE_ARM, {"nop"}, {}},
    {FTRACE_ISA_ARM_THUMB2,
     40,
     1,
     false,
     CS_ARCH_ARM,
     CS_MODE_THUMB,
     {"nop.w"},
     {{0xaf, 0xf3, 0x0f, 0x80}}},  // bti
    {FTRACE_ISA_MIPS32,
     8,
     1,
     true,
     CS_ARCH_MIPS,
     CS_MODE_MIPS32 | CS_MODE_BIG_ENDIAN,
     {"nop", "nop"},
     {{0x3c, 0x02, 0x12, 0x34, 0x24, 0x42, 0x56, 0x78},
      {0x3c, 0x1c, 0x12, 0x34, 0x27, 0x9c, 0x56, 0x78, 0x03, 0x99, 0xe0, 0x21}}},
    {FTRACE_ISA_MIPS32,
     8,
     1,
     false,
     CS_ARCH_MIPS,
     CS_MODE_MIPS32,
     {"nop", "nop"},
     {{0x34, 0x12, 0x02, 0x3c, 0x78, 0x56, 0x42, 0x24}}},
    {FTRACE_ISA_MIPS64, 8, 2, false, CS_ARCH_MIPS, CS_MODE_MIPS64, {"nop", "nop"}, {}},
    {FTRACE_ISA_PPC64LE,
     21,
     2,
     false,
     CS_ARCH_PPC,
     CS_MODE_64,
     {"nop"},
     {{0x34, 0x12, 0x4c, 0x3c, 0x78, 0x56, 0x42, 0x38},    // addis 2, 12; addi 2, 2
      {0x34, 0x12, 0x40, 0x3c, 0x78, 0x56, 0x42, 0x38},    // lis 2; addi 2, 2
      {0x34, 0x12, 0x4c, 0xe8, 0x14, 0x62, 0x42, 0x7c}}},  // ld 2, (12); add 2, 2, 12
    {FTRACE_ISA_S390X, 22, 2, true, CS_ARCH_SYSZ, CS_MODE_BIG_ENDIAN, {"brcl 0, 0x1000"}, {}},
};

INSTANTIATE_TEST_SUITE_P(ArchTraits, EveryIsa, testing::ValuesIn(kTargets));

TEST(ArchTraits, NopOfArmBeforeV6KIsAPadToo) {
  const uint8_t mov_r0_r0[] = {0x00, 0x00, 0xa0, 0xe1};
  EXPECT_TRUE(FindArchTraits(FTRACE_ISA_ARM_A32)->is_pad(mov_r0_r0));
  EXPECT_FALSE(FindArchTraits(FTRACE_ISA_ARM_THUMB2)->is_pad(mov_r0_r0));
}

TEST(ArchTraits, RiscvPadsDifferInTheDistanceToTheGateOnly) {
  const ArchTraits& traits = *FindArchTraits(FTRACE_ISA_RISCV64, 243, 2);
  const uint8_t linked[] = {0x97, 0xf2, 0xff, 0xff, 0x13, 0, 0, 0};  // auipc t0, 0xfffff; nop
  const uint8_t other_register[] = {0x17, 0xf3, 0xff, 0xff, 0x13, 0, 0, 0};
  const uint8_t compressed[] = {0x97, 0xf2, 0xff, 0xff, 0x01, 0, 0x01, 0};
  EXPECT_TRUE(traits.is_pad(traits.pad_bytes));
  EXPECT_TRUE(traits.is_pad(linked));
  EXPECT_FALSE(traits.is_pad(other_register));
  EXPECT_FALSE(traits.is_pad(compressed));
  const uint8_t lpad[] = {0x17, 0x10, 0, 0};
  EXPECT_TRUE(traits.is_lead(lpad, sizeof(lpad), false));
  EXPECT_TRUE(IsPatchable(traits, 0x1004));
  EXPECT_FALSE(IsPatchable(traits, 0x1006));
}

TEST(ArchTraits, RiscvPadReachesTheGateByTwelveSignedBits) {
  const ArchTraits& traits = *FindArchTraits(FTRACE_ISA_RISCV64);
  const uint8_t forward[] = {0x97, 0x12, 0, 0, 0x13, 0, 0, 0};         // auipc t0, 1
  const uint8_t backward[] = {0x97, 0xf2, 0xff, 0xff, 0x13, 0, 0, 0};  // auipc t0, -1
  const uint8_t far[] = {0x97, 0x02, 0x00, 0x80, 0x13, 0, 0, 0};       // auipc t0, 0x80000
  EXPECT_TRUE(traits.reaches_gate(forward, 0x10000, 0x11000 + 2047));
  EXPECT_FALSE(traits.reaches_gate(forward, 0x10000, 0x11000 + 2048));
  EXPECT_TRUE(traits.reaches_gate(backward, 0x10000, 0xf000 - 2048));
  EXPECT_FALSE(traits.reaches_gate(backward, 0x10000, 0xf000 - 2049));
  EXPECT_TRUE(traits.reaches_gate(far, 0x80010000, 0x10000));
}

TEST(ArchTraits, UnknownIsaAndElfAreNotFound) {
  EXPECT_EQ(FindArchTraits(0), nullptr);
  EXPECT_EQ(FindArchTraits(15), nullptr);
  EXPECT_EQ(FindArchTraits(FTRACE_ISA_X86_64, 62, 1), nullptr);  // x32
  EXPECT_FALSE(IsKnownElf(62, 1));
  EXPECT_FALSE(IsKnownElf(0xffff, 2));
}

}  // namespace
}  // namespace ftrace
