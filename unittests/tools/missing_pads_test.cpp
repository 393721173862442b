// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is told about files without pads.
#include "tools/ftrace/missing_pads.h"

#include <gmock/gmock.h>

#include "unittests/tools/load.h"

namespace ftrace {
namespace {

using test::Image;
using test::MemoryFile;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Renames the records' section and the note's owner: both are then of somebody else.
Image WithoutRecords(Image image, bool with_note = false) {
  image[test::kSectionNames + 7] = 'X';
  if (!with_note) image[test::kNote + 12] = 'X';
  return image;
}

void WithoutFunctions(Image* image) {
  for (const size_t symbol : {1U, 2U}) {
    (*image)[test::kSymbols + symbol * sizeof(Elf64_Sym) + offsetof(Elf64_Sym, st_info)] =
        STT_OBJECT;
  }
}

TEST(MissingPads, FilesWithRecordsHaveThem) {
  for (const Image& image : {test::MakeProgram(), test::MakeObject()}) {
    const MemoryFile file(image);
    EXPECT_EQ(FindPads(test::Load(file)), Pads::kPresent);
  }
}

TEST(MissingPads, ObjectWasCompiledWithoutThePlugin) {
  const MemoryFile file(WithoutRecords(test::MakeObject()));
  const Module module = test::Load(file);
  EXPECT_EQ(FindPads(module), Pads::kMissing);
  EXPECT_THAT(WhyNoPads(module), AllOf(StartsWith("0 of 2 functions have pads: compile it with "),
                                       HasSubstr("-fplugin=libftrace.so"), Not(HasSubstr("lto"))));
}

TEST(MissingPads, ProgramMayHaveLostThemInLinkTimeOptimisation) {
  const MemoryFile file(WithoutRecords(test::MakeProgram()));
  const Module module = test::Load(file);
  EXPECT_EQ(FindPads(module), Pads::kMissing);
  EXPECT_THAT(WhyNoPads(module), AllOf(StartsWith("0 of 2 functions have pads: compile it with "),
                                       HasSubstr("after -flto, link with the flags")));
}

TEST(MissingPads, NoteWithoutRecordsMeansThatTheLinkerDroppedThem) {
  Image image = WithoutRecords(test::MakeProgram(), true);
  // The table of the note is empty.
  test::Store32(&image, test::kNoteDescriptor + 8,
                test::Load32(image, test::kNoteDescriptor + 4) - 4);
  const MemoryFile file(image);
  const Module module = test::Load(file);
  EXPECT_EQ(FindPads(module), Pads::kMissing);
  EXPECT_THAT(WhyNoPads(module), HasSubstr("the linker dropped every padded function"));
}

TEST(MissingPads, FileWithoutFunctionsNeedsNone) {
  for (Image image : {test::MakeProgram(), test::MakeObject()}) {
    WithoutFunctions(&image);
    const MemoryFile file(WithoutRecords(image));
    const Module module = test::Load(file);
    EXPECT_EQ(FindPads(module), Pads::kNothingToPad);
    EXPECT_EQ(WhyNoPads(module), "no functions");
  }
}

TEST(MissingPads, StrippedProgramIsNotTakenForOneWithoutFunctions) {
  Image image = WithoutRecords(test::MakeProgram());
  test::Store32(&image, test::SectionHeader(test::kSymbolSection, offsetof(Elf64_Shdr, sh_type)),
                SHT_PROGBITS);
  const MemoryFile file(image);
  const Module module = test::Load(file);
  EXPECT_EQ(FindPads(module), Pads::kMissing);
  EXPECT_THAT(WhyNoPads(module), StartsWith("no pads: compile it with "));
}

TEST(MissingPads, SlimObjectOfGccGetsThemAtTheLink) {
  Image image = WithoutRecords(test::MakeObject());
  WithoutFunctions(&image);
  const std::string_view name = ".gnu.lto_.x";
  std::copy(name.begin(), name.end(), image.begin() + test::kSectionNames + 7);
  const MemoryFile file(image);
  const Module module = test::Load(file);
  EXPECT_EQ(FindPads(module), Pads::kMadeAtLink);
  EXPECT_THAT(WhyNoPads(module), AllOf(HasSubstr("made at the link"),
                                       HasSubstr("ftrace-config --compiler=gcc --lto")));
}

TEST(MissingPads, MachineWithoutPadsIsNamed) {
  Image image = WithoutRecords(test::MakeObject());
  test::Store16(&image, offsetof(Elf64_Ehdr, e_machine), EM_SPARCV9);
  const MemoryFile file(image);
  EXPECT_EQ(WhyNoPads(test::Load(file)),
            "0 of 2 functions have pads: the plugin makes none for ELF machine 43 of 64 bits");
}

TEST(MissingPads, BitcodeGetsThemAtTheLink) {
  EXPECT_THAT(WhySkipped({"x.o", true}),
              AllOf(HasSubstr("made at the link"), HasSubstr("ftrace-config --linker=lld --lto")));
  EXPECT_EQ(WhySkipped({"x.o", false}), "no ELF file, not checked");
}

}  // namespace
}  // namespace ftrace
