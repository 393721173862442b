// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every promise of a record is broken once, and `ftrace check` has to say which.
#include <elf.h>
#include <gmock/gmock.h>

#include <cstring>

#include "arch/site.h"
#include "unittests/tools/load.h"

namespace ftrace {
namespace {

using test::Check;
using test::Image;
using test::Load;
using test::MemoryFile;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr size_t kFactsF = test::kSites + 4;
constexpr size_t kFactsG = test::kSites + 12;

Image WithFacts(uint32_t facts) {
  Image image = test::MakeProgram();
  test::Store32(&image, kFactsF, facts);
  return image;
}

TEST(Check, GoodFilesHaveNoFault) {
  EXPECT_THAT(Check(test::MakeProgram()), IsEmpty());
  EXPECT_THAT(Check(test::MakeObject()), IsEmpty());
  EXPECT_THAT(Check(test::MakeArchive({test::MakeObject(), test::MakeObject()})), IsEmpty());
}

TEST(Check, FunctionsAndTheirPadsAreCounted) {
  for (const Image& image : {test::MakeProgram(), test::MakeObject()}) {
    const MemoryFile file(image);
    const Module module = Load(file);
    EXPECT_EQ(module.PadSummary(), "2 of 2 functions have pads");
    ASSERT_EQ(module.table.records.size(), 2U);
    EXPECT_EQ(module.FunctionName(module.table.records[0]), "f");
    EXPECT_EQ(module.FunctionName(module.table.records[1]), "_Z1gi");
    EXPECT_THAT(ModuleNotes(module), IsEmpty());
  }
}

TEST(Check, EveryFactIsCompared) {
  const uint32_t good = ftrace_site_make_width(6) | ftrace_site_make_isa(FTRACE_ISA_X86_64);
  EXPECT_THAT(Check(WithFacts(good)), IsEmpty());
  EXPECT_THAT(Check(WithFacts(good ^ ftrace_site_make_width(1))),
              ElementsAre(AllOf(StartsWith("f: "), HasSubstr("7 bytes"))));
  EXPECT_THAT(Check(WithFacts(good ^ ftrace_site_make_isa(2))),
              ElementsAre(AllOf(StartsWith("f: "), HasSubstr("ISA 3"))));
  EXPECT_THAT(Check(WithFacts(good | ftrace_site_make_kind(5))),
              ElementsAre(AllOf(StartsWith("f: "), HasSubstr("kind 5"))));
  EXPECT_THAT(Check(WithFacts(good | ftrace_site_make_stack_args(5))),
              ElementsAre(AllOf(StartsWith("f: "), HasSubstr("stack arguments 5"))));
  EXPECT_THAT(Check(WithFacts(good | ftrace_site_make_reserved(4))),
              ElementsAre(AllOf(StartsWith("f: "), HasSubstr("reserved bits"))));
}

TEST(Check, EveryPadByteIsCompared) {
  for (size_t i = 0; i < 6; ++i) {
    for (Image image : {test::MakeProgram(), test::MakeObject()}) {
      image[test::kText + i] ^= 1;
      EXPECT_THAT(Check(image), ElementsAre(AllOf(StartsWith("f: "), HasSubstr("pad bytes"))));
    }
  }
}

TEST(Check, EveryLeadByteIsCompared) {
  for (size_t i = 0; i < 8; ++i) {
    Image image = test::MakeProgram();
    image[test::kText + 16 + i] ^= 0x40;
    EXPECT_THAT(Check(image), ElementsAre(AllOf(StartsWith("g: "), HasSubstr("before the pad"))));
  }
}

TEST(Check, PadThatStraddlesIsAFault) {
  Image image = test::MakeProgram();
  // f moves by four bytes: symbol, bytes and record agree, the place is wrong.
  const Image pad(image.begin() + test::kText, image.begin() + test::kText + 6);
  std::copy(pad.begin(), pad.end(), image.begin() + test::kText + 4);
  test::Store32(&image, test::kSites, test::Load32(image, test::kSites) + 4);
  test::Store64(&image, test::kSymbols + sizeof(Elf64_Sym) + offsetof(Elf64_Sym, st_value),
                test::kAddress + test::kText + 4);
  EXPECT_THAT(Check(image), ElementsAre(AllOf(StartsWith("f: "), HasSubstr("straddles 8"))));
}

TEST(Check, ObjectSectionWithoutAlignmentIsAFault) {
  Image image = test::MakeObject();
  test::Store64(&image, test::SectionHeader(test::kTextSection, offsetof(Elf64_Shdr, sh_addralign)),
                4);
  EXPECT_THAT(Check(image),
              ElementsAre(HasSubstr("f: the pad straddles"), HasSubstr("g: the pad straddles")));
}

TEST(Check, RecordOutsideTheTextIsAFault) {
  for (const uint32_t distance : {0x7fffffffU, 0x80000000U, 0U, 0x100000U}) {
    Image image = test::MakeProgram();
    test::Store32(&image, test::kSites, distance);
    EXPECT_THAT(Check(image), testing::Contains(StartsWith("record at 0x10240: ")));
  }
  Image image = test::MakeProgram();
  test::Store32(&image, sizeof(Elf64_Ehdr) + offsetof(Elf64_Phdr, p_flags), PF_R);
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("not in executable"), HasSubstr("executable")));
}

TEST(Check, PadWithoutFunctionSymbolIsAFault) {
  Image image = test::MakeProgram();
  test::Store64(&image, test::kSymbols + sizeof(Elf64_Sym) + offsetof(Elf64_Sym, st_value),
                test::kAddress + test::kText - 1);
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("no function symbol at 0x10200")));
}

TEST(Check, SecondRecordForOnePadIsAFault) {
  Image image = test::MakeProgram();
  test::Store32(&image, test::kSites + 8, test::Load32(image, test::kSites) - 8);
  test::Store32(&image, kFactsG, test::Load32(image, kFactsF));
  EXPECT_THAT(Check(image), ElementsAre("f: a second record for the pad at 0x10200"));
}

TEST(Check, UnknownNoteVersionIsAFault) {
  for (Image image : {test::MakeProgram(), test::MakeObject()}) {
    test::Store32(&image, test::kNoteDescriptor, 2);
    EXPECT_THAT(Check(image), ElementsAre(HasSubstr("note: unknown version 2")));
  }
}

TEST(Check, TableBoundsAreChecked) {
  const auto with_stop = [](uint32_t change) {
    Image image = test::MakeProgram();
    test::Store32(&image, test::kNoteDescriptor + 8,
                  test::Load32(image, test::kNoteDescriptor + 8) + change);
    return Check(image);
  };
  EXPECT_THAT(with_stop(static_cast<uint32_t>(-4)), ElementsAre(HasSubstr("no multiple of 8")));
  EXPECT_THAT(with_stop(static_cast<uint32_t>(-8)), ElementsAre(HasSubstr("is not the section")));
  EXPECT_THAT(with_stop(static_cast<uint32_t>(-24)), ElementsAre(HasSubstr("before it begins")));
  EXPECT_THAT(with_stop(0x1000), ElementsAre(HasSubstr("is not in the file")));
}

TEST(Check, SectionWithoutNoteIsAFault) {
  for (Image image : {test::MakeProgram(), test::MakeObject()}) {
    test::Store32(&image, test::kNote + 12, 0x58585858);  // another owner
    EXPECT_THAT(Check(image), ElementsAre(HasSubstr("no note")));
  }
}

TEST(Check, TwoNotesMustSayTheSame) {
  Image image = test::MakeProgram();
  // The segment headers end before this place: one more segment and a copy of the note fit.
  constexpr size_t kCopy = 0x140;
  const size_t segment = sizeof(Elf64_Ehdr) + 2 * sizeof(Elf64_Phdr);
  const auto at = [&](size_t offset) {
    return image.begin() + static_cast<std::ptrdiff_t>(offset);
  };
  std::copy_n(at(segment - sizeof(Elf64_Phdr)), sizeof(Elf64_Phdr), at(segment));
  std::copy_n(at(test::kNote), test::kNoteSize, at(kCopy));
  test::Store64(&image, segment + offsetof(Elf64_Phdr, p_offset), kCopy);
  test::Store64(&image, segment + offsetof(Elf64_Phdr, p_vaddr), test::kAddress + kCopy);
  test::Store16(&image, offsetof(Elf64_Ehdr, e_phnum), 3);
  EXPECT_THAT(Check(image), testing::Contains(HasSubstr("2 site notes with different tables")));

  constexpr uint32_t kMoved = test::kNote - kCopy;
  for (const size_t field : {24U, 28U}) {
    test::Store32(&image, kCopy + field, test::Load32(image, kCopy + field) + kMoved);
  }
  EXPECT_THAT(Check(image), IsEmpty());

  test::Store32(&image, kCopy + 20, 2);
  EXPECT_THAT(Check(image), testing::Contains(HasSubstr("unknown version 2")));
}

TEST(Check, DynamicRelocationOfARecordIsAFault) {
  Image image = test::MakeProgram();
  const Elf64_Rela relocation = {test::kAddress + test::kSites + 8,
                                 ELF64_R_INFO(0, R_X86_64_RELATIVE), 0};
  std::memcpy(image.data() + test::kRelocations, &relocation, sizeof(relocation));
  Elf64_Shdr header{};
  header.sh_type = SHT_RELA;
  header.sh_flags = SHF_ALLOC;
  header.sh_offset = test::kRelocations;
  header.sh_size = sizeof(relocation);
  std::memcpy(image.data() + test::SectionHeader(test::kRelocationSection, 0), &header,
              sizeof(header));
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("1 dynamic relocations")));

  // The packed form: an address, then a bitmap of the words behind it.
  const uint64_t packed[] = {test::kAddress + test::kSites - 8, 0b111};
  std::memcpy(image.data() + test::kRelocations, packed, sizeof(packed));
  header.sh_type = 19;  // SHT_RELR
  header.sh_size = sizeof(packed);
  std::memcpy(image.data() + test::SectionHeader(test::kRelocationSection, 0), &header,
              sizeof(header));
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("2 dynamic relocations")));
}

TEST(Check, ObjectRelocationsAreChecked) {
  const size_t first = test::kRelocations;
  Image image = test::MakeObject();
  test::Store64(&image, first + offsetof(Elf64_Rela, r_info), ELF64_R_INFO(1, R_X86_64_64));
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("relocation of type 1 instead of 2")));

  image = test::MakeObject();
  test::Store64(&image, first + offsetof(Elf64_Rela, r_info), ELF64_R_INFO(99, R_X86_64_PC32));
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("unknown symbol")));

  image = test::MakeObject();
  test::Store64(&image, first + offsetof(Elf64_Rela, r_offset), 4);
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("no relocation leads to a pad")));

  image = test::MakeObject();
  test::Store64(&image, first + offsetof(Elf64_Rela, r_addend), 0x7000000000000000);
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("not in executable text")));
}

TEST(Check, RecordLinkedToAnotherSectionIsNoted) {
  Image image = test::MakeObject();
  test::Store32(&image, test::SectionHeader(test::kSitesSection, offsetof(Elf64_Shdr, sh_link)),
                test::kNoteSection);
  EXPECT_THAT(Check(image), IsEmpty());
  const MemoryFile file(image);
  EXPECT_THAT(ModuleNotes(Load(file)), ElementsAre(HasSubstr("2 records are not linked")));
}

TEST(Check, RecordSectionWithoutLinkOrderIsAFault) {
  Image image = test::MakeObject();
  test::Store64(&image, test::SectionHeader(test::kSitesSection, offsetof(Elf64_Shdr, sh_flags)),
                SHF_ALLOC);
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("no SHF_LINK_ORDER")));
}

TEST(Check, ForeignMachineIsNamed) {
  Image image = test::MakeProgram();
  test::Store16(&image, offsetof(Elf64_Ehdr, e_machine), EM_S390);
  EXPECT_THAT(Check(image), ElementsAre(HasSubstr("machine 22"), HasSubstr("machine 22")));
}

TEST(Check, UnsortedRecordsAndMissingSymbolsAreOnlyNoted) {
  Image image = test::MakeProgram();
  const uint32_t f = test::Load32(image, test::kSites);
  const uint32_t g = test::Load32(image, test::kSites + 8);
  test::Store32(&image, test::kSites, g + 8);
  test::Store32(&image, test::kSites + 8, f - 8);
  const uint32_t facts = test::Load32(image, kFactsF);
  test::Store32(&image, kFactsF, test::Load32(image, kFactsG));
  test::Store32(&image, kFactsG, facts);
  test::Store32(&image, test::SectionHeader(test::kSymbolSection, offsetof(Elf64_Shdr, sh_type)),
                SHT_PROGBITS);
  EXPECT_THAT(Check(image), IsEmpty());
  const MemoryFile file(image);
  EXPECT_THAT(ModuleNotes(Load(file)),
              ElementsAre(HasSubstr("no .symtab"), HasSubstr("not in address order")));
}

}  // namespace
}  // namespace ftrace
