// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Files of every target are read and verified on this host, whatever it is.
#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>

#include "unittests/tools/load.h"

namespace ftrace {
namespace {

using test::Check;
using test::Image;
using test::MemoryFile;
using test::Target;
using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr size_t kFactsF = test::kSites + 4;

class TargetTest : public testing::TestWithParam<Target> {
 protected:
  static std::vector<Image> Images() {
    return {test::MakeProgram(GetParam()), test::MakeObject(GetParam())};
  }
};

TEST_P(TargetTest, GoodFilesHaveNoFault) {
  for (const Image& image : Images()) {
    EXPECT_THAT(Check(image), IsEmpty());
    const MemoryFile file(image);
    const Module module = test::Load(file);
    EXPECT_EQ(module.PadSummary(), "2 of 2 functions have pads");
    ASSERT_EQ(module.table.records.size(), 2U);
    EXPECT_EQ(module.FunctionName(module.table.records[0]), "f");
    EXPECT_EQ(module.FunctionName(module.table.records[1]), "_Z1gi");
    EXPECT_EQ(module.table.records[1].pad.address - module.table.records[0].pad.address,
              16 + GetParam().lead.size());
    EXPECT_THAT(ModuleNotes(module), IsEmpty());
  }
}

TEST_P(TargetTest, EveryPadByteIsCompared) {
  for (const Image& good : Images()) {
    const bool object = good == Images()[1];
    for (size_t i = 0; i < GetParam().pad.size(); ++i) {
      Image image = good;
      image[test::kText + i] ^= 1;
      // The linker fills in where a pad leads to.
      const bool filled_in = GetParam().gate && (i == 2 || i == 3);
      if (filled_in && object) {
        EXPECT_THAT(Check(image), IsEmpty()) << i;
      } else {
        EXPECT_THAT(Check(image),
                    ElementsAre(AllOf(StartsWith("f: "),
                                      HasSubstr(filled_in ? "not lead to the gate" : "pad bytes"))))
            << i;
      }
    }
  }
}

TEST_P(TargetTest, WhatIsBeforeThePadIsCompared) {
  for (Image image : Images()) {
    const size_t lead = GetParam().lead.size();
    std::fill_n(image.begin() + test::kText + 16, lead, uint8_t{0xcc});
    if (lead == 0) continue;
    EXPECT_THAT(Check(image), ElementsAre(AllOf(StartsWith("g: "), HasSubstr("before the pad"))));
  }
}

TEST_P(TargetTest, WidthAndIsaMustFitTheFile) {
  Image image = test::MakeProgram(GetParam());
  test::Store32(&image, kFactsF, test::Load32(image, kFactsF) ^ 1);
  EXPECT_THAT(Check(image), ElementsAre(AllOf(StartsWith("f: "), HasSubstr("the record says"))));
  for (image = test::MakeProgram(GetParam());
       const uint32_t isa : {(GetParam().isa + 4) % 11, uint32_t{0}, uint32_t{15}}) {
    test::Store32(&image, kFactsF, (test::Load32(image, kFactsF) & ~0xf0U) | isa << 4);
    EXPECT_THAT(Check(image), Contains(AllOf(StartsWith("f: "),
                                             HasSubstr("of ISA " + std::to_string(isa) + ","))));
  }
}

TEST_P(TargetTest, PlaceOfTheLiveInstructionMustBeExact) {
  for (const uint32_t distance : {4U, 2U, 0U - 2U, 0U - 4U}) {
    Image image = test::MakeProgram(GetParam());
    test::Store32(&image, test::kSites, test::Load32(image, test::kSites) + distance);
    EXPECT_THAT(Check(image), ElementsAre(HasSubstr(": "))) << distance;
  }
}

TEST_P(TargetTest, LeadMustReachThePad) {
  Image image = test::MakeProgram(GetParam());
  const uint32_t facts = test::Load32(image, kFactsF);
  if (GetParam().live_offset != 0) {
    test::Store32(&image, kFactsF, facts & ~0xff0000U);
    EXPECT_THAT(Check(image), ElementsAre(HasSubstr("4 belong to the pad")));
  }
  test::Store32(&image, kFactsF, facts + 0x40000);
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("before the pad")));
}

TEST_P(TargetTest, AnotherRelocationIsAFault) {
  // The type is in another byte for each class and byte order: each one is tried, and some are no
  // part of the type.
  std::vector<std::string> faults;
  const Image good = test::MakeObject(GetParam());
  for (size_t at = test::kRelocations; at < test::kRelocations + 16; ++at) {
    Image image = good;
    image[at] ^= 0x40;
    for (const std::string& fault : Check(image)) faults.push_back(fault);
  }
  EXPECT_THAT(faults,
              Contains(HasSubstr("instead of " + std::to_string(GetParam().relocations[0]))));
  EXPECT_THAT(faults, Contains(HasSubstr("unknown symbol")));
  EXPECT_THAT(faults, Contains(HasSubstr("no relocation leads to a pad")));
}

TEST_P(TargetTest, DamageEndsInOneLine) {
  for (const Image& image : Images()) {
    for (size_t at = 0; at < image.size(); ++at) {
      Image damaged = image;
      damaged[at] = at % 2 == 0 ? 0xff : 0x80;
      for (const std::string& fault : Check(damaged)) EXPECT_THAT(fault, Not(HasSubstr("\n")));
      if (at % 8 != 0) continue;
      damaged.resize(at);
      EXPECT_THAT(Check(damaged), ElementsAre(Not(HasSubstr("\n")))) << at;
    }
  }
}

std::string NameOf(const testing::TestParamInfo<Target>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(All, TargetTest, testing::ValuesIn(test::AllTargets()), NameOf);

Target FindTarget(const std::string& name) {
  const std::vector<Target>& all = test::AllTargets();
  return *std::find_if(all.begin(), all.end(), [&](const Target& t) { return t.name == name; });
}

TEST(Arm, RecordOfTheOtherInstructionSetIsAFault) {
  Target target = FindTarget("thumb2");
  target.thumb = false;
  EXPECT_THAT(Check(test::MakeProgram(target)),
              ElementsAre("f: the record is of Thumb-2 code, the function of A32",
                          "g: the record is of Thumb-2 code, the function of A32"));
  target = FindTarget("arm");
  target.thumb = true;
  EXPECT_THAT(Check(test::MakeProgram(target)),
              ElementsAre("f: the record is of A32 code, the function of Thumb-2",
                          "g: the record is of A32 code, the function of Thumb-2"));
}

TEST(Arm, BothInstructionSetsMayBeInOneFile) {
  const Target thumb = FindTarget("thumb2");
  Image image = test::MakeProgram(thumb);
  const Image a32 = test::MakeProgram(FindTarget("arm"));
  // f: its text, its facts and its symbol.
  std::copy_n(a32.begin() + test::kText, 4, image.begin() + test::kText);
  test::Store32(&image, kFactsF, test::Load32(a32, kFactsF));
  const size_t value = test::kSymbols + sizeof(Elf32_Sym) + offsetof(Elf32_Sym, st_value);
  test::Store32(&image, value, test::Load32(a32, value));
  EXPECT_THAT(Check(image), IsEmpty());
}

TEST(ThirtyTwoBits, DistancesWrapAroundTheAddressSpace) {
  // The record lies high and the pad low: the sum is beyond 32 bits.
  const Image image = test::MakeProgram(FindTarget("i386"));
  const MemoryFile file(image);
  const Module module = test::Load(file);
  EXPECT_EQ(module.file.AddressAt(0xf0000000, 0x18049000), 0x08049000U);
  EXPECT_EQ(module.file.AddressAt(0x1000, 0xfffff000), 0U);
  const MemoryFile wide(test::MakeProgram());
  EXPECT_EQ(test::Load(wide).file.AddressAt(0xf0000000, 0x18049000), 0x108049000U);
}

TEST(Mips64, EveryTypeOfARelocationCounts) {
  for (const char* name : {"mips64", "mips64el"}) {
    for (const size_t byte : {13U, 14U, 15U}) {
      Image image = test::MakeObject(FindTarget(name));
      image[test::kRelocations + byte] ^= 1;
      EXPECT_THAT(Check(image), ElementsAre(HasSubstr("instead of 248"))) << name << byte;
    }
  }
}

TEST(Riscv, RecordIsTheDifferenceOfTwoPlaces) {
  const Target target = FindTarget("riscv64");
  Image image = test::MakeObject(target);
  const size_t second = test::kRelocations + sizeof(Elf64_Rela);
  test::Store64(&image, second + offsetof(Elf64_Rela, r_addend), 4);
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("not that of the record")));

  image = test::MakeObject(target);
  test::Store64(&image, second + offsetof(Elf64_Rela, r_offset), 4);
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("no relocation leads to a pad")));

  image = test::MakeObject(target);
  test::Store64(&image, second + offsetof(Elf64_Rela, r_info), ELF64_R_INFO(1, 35));
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("one relocation too many")));
}

TEST(Riscv, PadMustLeadToTheGateOfTheNote) {
  const size_t gate = test::kNoteDescriptor + 12;
  const Target target = FindTarget("riscv64");
  const uint32_t good = test::Load32(test::MakeProgram(target), gate);
  Image image = test::MakeProgram(target);
  test::Store32(&image, gate, 0);
  EXPECT_THAT(Check(image), Contains(HasSubstr("note: the gate at 0x0 is not in executable")));
  // The live instruction adds a signed number of 12 bits to what the auipc makes.
  image = test::MakeProgram(target);
  for (const uint32_t page : {0xfffffU, 1U}) {
    test::Store32(&image, test::kText, 0x297 | page << 12);
    EXPECT_THAT(Check(image), ElementsAre("f: the pad does not lead to the gate at 0x10208"));
  }
  image = test::MakeProgram(target);
  test::Store32(&image, gate, good + 2048);
  EXPECT_THAT(Check(image), Contains(HasSubstr("f: the pad does not lead")));
}

TEST(Riscv, OtherTargetsHaveNoGate) {
  Image image = test::MakeProgram();
  test::Store32(&image, test::kNoteDescriptor + 12, 8);
  EXPECT_THAT(Check(image), ElementsAre("note: a gate, but x86_64 has none"));
}

TEST(Riscv, OffsetsInAnObjectAreNotFinal) {
  Target target = FindTarget("riscv64");
  // A pad behind compressed code that the linker may shorten.
  Image image = test::MakeObject(target);
  const Image pad(image.begin() + test::kText, image.begin() + test::kText + 8);
  std::copy(pad.begin(), pad.end(), image.begin() + test::kText + 2);
  test::Store64(&image, test::kSymbols + sizeof(Elf64_Sym) + offsetof(Elf64_Sym, st_value), 2);
  EXPECT_THAT(Check(image), IsEmpty());
}

}  // namespace
}  // namespace ftrace
