// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/symbol_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <link.h>

#include <cstring>
#include <memory>
#include <optional>

#include "unittests/runtime/elf_image.h"

// Found by its name in this program's own file.
extern "C" int ftrace_unittest_known_function(int x) { return x + 1; }

namespace ftrace {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Bytes AsBytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

std::string AsString(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data), bytes.size};
}

const std::vector<ImageSymbol> kSymbols = {{"alpha", 0x1000}, {"beta", 0x2000}, {"_ZN1a1bEv", 0}};
constexpr char kBuildId[] = "0123456789abcdef";

// What the file says; nothing if it is refused, then `fault` has the reason.
std::optional<std::vector<ImageSymbol>> Read(const char* path, std::string_view build_id,
                                             std::string* fault) {
  SymbolFile file;
  const char* wrong = file.Open(path, AsBytes(build_id));
  *fault = wrong != nullptr ? wrong : "";
  if (wrong != nullptr) return std::nullopt;
  std::vector<ImageSymbol> symbols;
  FunctionSymbol symbol;
  for (size_t position = 0; file.Next(&position, &symbol);) {
    symbols.push_back({std::string(symbol.name, symbol.name_size), symbol.value});
  }
  return symbols;
}

std::optional<std::vector<ImageSymbol>> ReadImage(std::string_view image,
                                                  std::string_view build_id = "",
                                                  std::string* fault = nullptr) {
  const TemporaryFile file(image);
  std::string ignored;
  return Read(file.path(), build_id, fault != nullptr ? fault : &ignored);
}

std::string FaultOf(std::string_view image, std::string_view build_id = "") {
  std::string fault;
  ReadImage(image, build_id, &fault);
  return fault;
}

// ---- Notes
// ---------------------------------------------------------------------------------------

TEST(NextNote, DeliversEveryNoteInOrder) {
  const std::string notes = MakeNote(1, std::string_view("ftrace\0", 7), "descriptor 16 by") +
                            MakeNote(2, "", "abc") + MakeNote(3, std::string_view("X\0", 2), "");
  size_t position = 0;
  Note note;
  ASSERT_TRUE(NextNote(AsBytes(notes), &position, &note));
  EXPECT_EQ(note.type, 1u);
  EXPECT_EQ(AsString(note.owner), std::string("ftrace\0", 7));
  EXPECT_EQ(AsString(note.descriptor), "descriptor 16 by");
  ASSERT_TRUE(NextNote(AsBytes(notes), &position, &note));
  EXPECT_EQ(note.type, 2u);
  EXPECT_EQ(note.owner.size, 0u);
  EXPECT_EQ(AsString(note.descriptor), "abc");
  ASSERT_TRUE(NextNote(AsBytes(notes), &position, &note));
  EXPECT_EQ(note.type, 3u);
  EXPECT_EQ(note.descriptor.size, 0u);
  EXPECT_FALSE(NextNote(AsBytes(notes), &position, &note));
}

TEST(NextNote, EveryTruncationStaysInside) {
  const std::string notes = MakeNote(1, std::string_view("GNU\0", 4), "abcdef") +
                            MakeNote(2, std::string_view("ftrace\0", 7), "0123456789");
  for (size_t size = 0; size <= notes.size(); ++size) {
    // A block of the exact size: a sanitizer sees every read beyond it.
    const auto block = std::make_unique<char[]>(size);
    std::memcpy(block.get(), notes.data(), size);
    const Bytes bytes = AsBytes({block.get(), size});
    size_t count = 0;
    Note note;
    for (size_t position = 0; NextNote(bytes, &position, &note); ++count) {
      ASSERT_LE(note.owner.data + note.owner.size, bytes.data + size);
      ASSERT_LE(note.descriptor.data + note.descriptor.size, bytes.data + size);
      EXPECT_EQ(AsString(note.owner)[0], note.type == 1 ? 'G' : 'f');
    }
    EXPECT_LE(count, 2u);
    FindBuildId(bytes);
  }
}

TEST(NextNote, SizesThatWouldOverflowEndTheWalk) {
  for (const uint32_t huge : {0xffffffffu, 0xfffffffdu, 0x80000000u, 1000u}) {
    for (const size_t field : {size_t{0}, size_t{4}}) {
      std::string notes = MakeNote(1, std::string_view("GNU\0", 4), "abcd");
      std::memcpy(notes.data() + field, &huge, sizeof(huge));
      size_t position = 0;
      Note note;
      EXPECT_FALSE(NextNote(AsBytes(notes), &position, &note)) << huge << " at " << field;
    }
  }
}

TEST(FindBuildId, TakesTheNoteOfOwnerGnuAndItsType) {
  const std::string_view gnu("GNU\0", 4);
  const std::string id = MakeNote(NT_GNU_BUILD_ID, gnu, "identity");
  const std::string other = MakeNote(NT_GNU_ABI_TAG, gnu, "0123456789abcdef") +
                            MakeNote(NT_GNU_BUILD_ID, std::string_view("GNV\0", 4), "wrong");
  EXPECT_EQ(AsString(FindBuildId(AsBytes(id))), "identity");
  EXPECT_EQ(AsString(FindBuildId(AsBytes(other + id))), "identity");
  EXPECT_EQ(FindBuildId(AsBytes(other)).size, 0u);
  EXPECT_EQ(FindBuildId({}).size, 0u);
}

// ---- Files
// ---------------------------------------------------------------------------------------

TEST(SymbolFile, KnowsAFunctionOfThisProgram) {
  SymbolFile file;
  ASSERT_EQ(file.Open("/proc/self/exe", {}), nullptr);
  uint64_t bias = 0;
  dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* data) {
        *static_cast<uint64_t*>(data) = info->dlpi_addr;
        return 1;
      },
      &bias);
  size_t found = 0;
  FunctionSymbol symbol;
  for (size_t position = 0; file.Next(&position, &symbol);) {
    if (std::string(symbol.name, symbol.name_size) != "ftrace_unittest_known_function") continue;
    ++found;
    EXPECT_EQ(symbol.value + bias, reinterpret_cast<uint64_t>(&ftrace_unittest_known_function));
  }
  EXPECT_EQ(found, 1u);
}

TEST(SymbolFile, DeliversTheFunctionsOfASymbolTable) {
  EXPECT_EQ(ReadImage(MakeElfImage(kSymbols, kBuildId), kBuildId), kSymbols);
}

TEST(SymbolFile, AStrippedFileHasItsDynamicSymbols) {
  EXPECT_EQ(ReadImage(MakeElfImage(kSymbols, kBuildId, SHT_DYNSYM), kBuildId), kSymbols);
}

TEST(SymbolFile, TheFullTableWinsOverTheDynamicOneInEitherOrder) {
  const std::vector<ImageSymbol> dynamic = {{"alpha", 0x1000}};
  EXPECT_EQ(ReadImage(MakeElfImage(kSymbols, "", SHT_SYMTAB, dynamic)), kSymbols);
  EXPECT_EQ(ReadImage(MakeElfImage(dynamic, "", SHT_DYNSYM, kSymbols)), kSymbols);
}

TEST(SymbolFile, PassesOverWhatIsNotADefinedFunctionWithAName) {
  const std::vector<ImageSymbol> symbols = {{"data", 1, STT_OBJECT},
                                            {"undefined", 2, STT_FUNC, SHN_UNDEF},
                                            {"", 3},
                                            {"untyped", 4, STT_NOTYPE},
                                            {"function", 5}};
  EXPECT_EQ(ReadImage(MakeElfImage(symbols, "")), (std::vector<ImageSymbol>{{"function", 5}}));
}

TEST(SymbolFile, AnotherBuildIdIsRefused) {
  const std::string image = MakeElfImage(kSymbols, kBuildId);
  EXPECT_THAT(FaultOf(image, "0123456789abcdeX"), HasSubstr("another build-id"));
  EXPECT_THAT(FaultOf(image, "0123"), HasSubstr("another build-id"));
}

TEST(SymbolFile, AnUnknownBuildIdOnEitherSideIsAccepted) {
  EXPECT_EQ(ReadImage(MakeElfImage(kSymbols, ""), kBuildId), kSymbols);
  EXPECT_EQ(ReadImage(MakeElfImage(kSymbols, kBuildId), ""), kSymbols);
}

TEST(SymbolFile, WhatIsNoReadableFileIsRefused) {
  std::string fault;
  EXPECT_FALSE(Read("/nonexistent/file", "", &fault));
  EXPECT_THAT(fault, HasSubstr("cannot be read"));
  EXPECT_FALSE(Read("/", "", &fault));
  EXPECT_THAT(fault, HasSubstr("cannot be read"));
  EXPECT_FALSE(Read("/dev/null", "", &fault));
  EXPECT_THAT(fault, HasSubstr("cannot be read"));
  EXPECT_THAT(FaultOf(""), HasSubstr("cannot be read"));
}

TEST(SymbolFile, WhatIsNotElfOfThisClassIsRefused) {
  EXPECT_THAT(FaultOf("#!/bin/sh\n"), HasSubstr("not an ELF file"));
  EXPECT_THAT(FaultOf(std::string(5000, 'x')), HasSubstr("not an ELF file"));
  std::string image = MakeElfImage(kSymbols, "");
  image[EI_CLASS] = ELFCLASS32;
  EXPECT_THAT(FaultOf(image), HasSubstr("not an ELF file"));
}

TEST(SymbolFile, OpeningKeepsErrno) {
  SymbolFile file;
  errno = 4711;
  EXPECT_NE(file.Open("/nonexistent/file", {}), nullptr);
  EXPECT_EQ(errno, 4711);
}

TEST(SymbolFile, EveryTruncationIsRefusedOrDeliversTrueSymbolsOnly) {
  // The section table is last, so every shorter file lacks some of it.
  const std::string image = MakeElfImage(kSymbols, kBuildId);
  for (size_t size = 0; size < image.size(); ++size) {
    EXPECT_NE(FaultOf(image.substr(0, size)), "") << size;
  }
}

TEST(SymbolFile, AByteChangedAnywhereIsNoCrash) {
  // Whole pages, so that the first byte behind the file is not readable as its padding.
  std::string image = MakeElfImage(kSymbols, kBuildId);
  const size_t size = image.size();
  image.resize((size + 4095) / 4096 * 4096);
  size_t delivered = 0;
  for (size_t i = 0; i < size; ++i) {
    for (const char value : {'\x00', '\xff', '\x80', '\x01'}) {
      std::string damaged = image;
      damaged[i] = value;
      const auto symbols = ReadImage(damaged, kBuildId);
      if (symbols) delivered += symbols->size();
    }
  }
  EXPECT_GT(delivered, size);
}

TEST(SymbolFile, BadHeadersAreRefused) {
  const std::string good = MakeElfImage(kSymbols, "");
  const auto fault_with = [&](auto change) {
    std::string image = good;
    change(ImageHeader(&image));
    return FaultOf(image);
  };
  for (const uint64_t offset : {good.size() - 1, good.size(), size_t{1} << 40, ~size_t{0}}) {
    EXPECT_THAT(fault_with([=](Elf64_Ehdr* header) { header->e_shoff = offset; }),
                HasSubstr("no section table"));
  }
  for (const int count : {0, 5, 0xffff}) {
    EXPECT_THAT(
        fault_with([=](Elf64_Ehdr* header) { header->e_shnum = static_cast<Elf64_Half>(count); }),
        HasSubstr("no section table"));
  }
  EXPECT_THAT(fault_with([](Elf64_Ehdr* header) { header->e_shentsize = 63; }),
              HasSubstr("no section table"));
}

TEST(SymbolFile, BadSectionsHaveNoSymbols) {
  const std::string good = MakeElfImage(kSymbols, "");
  const auto fault_with = [&](size_t section, auto change) {
    std::string image = good;
    change(ImageSectionHeader(&image, section));
    return FaultOf(image);
  };
  for (const uint32_t link : {4u, 0xffffffffu, 0u, 3u}) {
    EXPECT_THAT(fault_with(kSymbolSection, [=](Elf64_Shdr* header) { header->sh_link = link; }),
                HasSubstr("no symbols"))
        << link;
  }
  for (const uint64_t bad : {good.size() + 1, ~size_t{0}, ~size_t{0} - 7}) {
    EXPECT_THAT(fault_with(kSymbolSection, [=](Elf64_Shdr* header) { header->sh_offset = bad; }),
                HasSubstr("no symbols"))
        << bad;
    EXPECT_THAT(fault_with(kSymbolSection, [=](Elf64_Shdr* header) { header->sh_size = bad; }),
                HasSubstr("no symbols"))
        << bad;
  }
}

TEST(SymbolFile, BadStringTablesNameNothing) {
  std::string image = MakeElfImage(kSymbols, "");
  ImageSectionHeader(&image, kStringSection)->sh_offset = ~uint64_t{0};
  EXPECT_THAT(ReadImage(image).value(), IsEmpty());
}

TEST(SymbolFile, ANameThatDoesNotEndIsPassedOver) {
  const std::vector<ImageSymbol> symbols = {{"first", 1}, {"last", 2}};
  std::string image = MakeElfImage(symbols, "");
  --ImageSectionHeader(&image, kStringSection)->sh_size;
  EXPECT_EQ(ReadImage(image), (std::vector<ImageSymbol>{{"first", 1}}));
}

TEST(SymbolFile, ANameBehindTheStringsIsPassedOver) {
  std::string image = MakeElfImage(kSymbols, "");
  auto* symbol = reinterpret_cast<Elf64_Sym*>(
      image.data() + ImageSectionHeader(&image, kSymbolSection)->sh_offset);
  symbol[1].st_name = static_cast<Elf64_Word>(ImageSectionHeader(&image, kStringSection)->sh_size);
  symbol[2].st_name = 0xffffffff;
  EXPECT_EQ(ReadImage(image), (std::vector<ImageSymbol>{kSymbols[2]}));
}

}  // namespace
}  // namespace ftrace
