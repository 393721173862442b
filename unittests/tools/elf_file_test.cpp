// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Files that are damaged in any way give one line, never a crash.
#include "tools/ftrace/elf_file.h"

#include <elf.h>
#include <gmock/gmock.h>

#include <random>

#include "tools/ftrace/module.h"
#include "unittests/tools/elf_image.h"

namespace ftrace {
namespace {

using test::Image;
using test::MemoryFile;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Reads all that there is to read. Returns the error, or "" for a file without one.
std::string ReadAll(const Image& image) {
  const MemoryFile file(image);
  std::vector<SkippedFile> skipped;
  const Result<std::vector<Module>> modules = LoadModules(file.path(), &skipped);
  if (!modules) return modules.error();
  std::string error;
  for (const Module& module : *modules) {
    for (const std::string& fault : CheckModule(module)) error += fault;
    for (const std::string& note : ModuleNotes(module)) error += note;
    const Result<bool> needs = module.file.Needs("libx.so");
    if (!needs) error += needs.error();
    error += module.file.BuildId();
    if (module.table.records.empty()) error += "no records";
  }
  return error.empty() && modules->empty() ? "nothing" : error;
}

TEST(ElfFile, EveryTruncationIsAnError) {
  for (const Image& image : {test::MakeProgram(), test::MakeObject()}) {
    ASSERT_EQ(ReadAll(image), "");
    for (size_t size = 0; size < image.size(); ++size) {
      const Image cut(image.begin(), image.begin() + static_cast<std::ptrdiff_t>(size));
      const std::string error = ReadAll(cut);
      EXPECT_THAT(error, AllOf(Not(IsEmpty()), Not(HasSubstr("\n")))) << size;
    }
  }
}

TEST(ElfFile, EveryTruncationOfAnArchiveIsAnError) {
  const Image image = test::MakeArchive({test::MakeObject(), test::MakeObject()});
  ASSERT_EQ(ReadAll(image), "");
  const size_t first_end = (image.size() - 8) / 2 + 8;
  for (size_t size = 0; size < image.size(); ++size) {
    // An archive that ends behind a member is one, of fewer members.
    if (size == first_end || size == first_end + 1) continue;
    const Image cut(image.begin(), image.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_THAT(ReadAll(cut), AllOf(Not(IsEmpty()), Not(HasSubstr("\n")))) << size;
  }
}

TEST(ElfFile, NoSingleByteCanDoHarm) {
  for (const Image& image : {test::MakeProgram(), test::MakeObject()}) {
    for (size_t at = 0; at < image.size(); ++at) {
      for (const uint8_t value : std::initializer_list<uint8_t>{0, 1, 0x7f, 0x80, 0xff}) {
        Image damaged = image;
        damaged[at] = value;
        EXPECT_THAT(ReadAll(damaged), Not(HasSubstr("\n"))) << at;
      }
    }
  }
}

TEST(ElfFile, NoCombinationOfBytesCanDoHarm) {
  std::mt19937 random(2024);
  const Image sources[] = {test::MakeProgram(), test::MakeObject(),
                           test::MakeArchive({test::MakeObject(), test::MakeProgram()})};
  for (int round = 0; round < 6000; ++round) {
    Image image = sources[static_cast<size_t>(round) % std::size(sources)];
    const unsigned changes = 1 + random() % 8;
    for (unsigned i = 0; i < changes; ++i) {
      image[random() % image.size()] = static_cast<uint8_t>(random());
    }
    EXPECT_THAT(ReadAll(image), Not(HasSubstr("\n"))) << round;
  }
}

TEST(ElfFile, FilesThatAreNoneAreNamed) {
  std::vector<SkippedFile> skipped;
  const auto error = [&](const std::string& path) { return ElfFile::Open(path, &skipped).error(); };
  EXPECT_THAT(error("/nonexistent/file"), HasSubstr("/nonexistent/file: No such file"));
  EXPECT_THAT(error("/"), HasSubstr("is a directory"));
  EXPECT_THAT(error("/dev/null"), HasSubstr("no regular file"));
  EXPECT_THAT(error(MemoryFile({}).path()), HasSubstr("is empty"));
  EXPECT_THAT(error(MemoryFile({'a'}).path()), HasSubstr("no ELF file"));
  EXPECT_THAT(error(MemoryFile({'#', '!', '/', 'b', 'i', 'n', '/', 's', 'h', '\n'}).path()),
              HasSubstr("no ELF file"));
  EXPECT_THAT(error(MemoryFile({'!', '<', 't', 'h', 'i', 'n', '>', '\n'}).path()),
              HasSubstr("thin archive"));
}

TEST(ElfFile, CoreFilesAreRefused) {
  Image image = test::MakeProgram();
  test::Store16(&image, offsetof(Elf64_Ehdr, e_type), ET_CORE);
  EXPECT_THAT(ReadAll(image), HasSubstr("ELF type 4"));
}

TEST(ElfFile, MembersThatAreNoElfFilesAreSkippedByName) {
  const MemoryFile file(
      test::MakeArchive({test::MakeObject(), {'B', 'C', 0xc0, 0xde}, {'t', 'e', 'x', 't'}}));
  std::vector<SkippedFile> skipped;
  const Result<std::vector<ElfFile>> files = ElfFile::Open(file.path(), &skipped);
  ASSERT_TRUE(files) << files.error();
  ASSERT_EQ(files->size(), 1U);
  EXPECT_EQ(files->front().name(), file.path() + "(m0.o)");
  ASSERT_EQ(skipped.size(), 2U);
  EXPECT_EQ(skipped[0].name, file.path() + "(m1.o)");
  EXPECT_TRUE(skipped[0].bitcode);
  EXPECT_EQ(skipped[1].name, file.path() + "(m2.o)");
  EXPECT_FALSE(skipped[1].bitcode);
}

TEST(ElfFile, BitcodeIsKnownPlainAndWrapped) {
  for (const Image& image : {Image{'B', 'C', 0xc0, 0xde}, Image{0xde, 0xc0, 0x17, 0x0b, 0, 0}}) {
    const MemoryFile file(image);
    std::vector<SkippedFile> skipped;
    const Result<std::vector<ElfFile>> files = ElfFile::Open(file.path(), &skipped);
    ASSERT_TRUE(files) << files.error();
    EXPECT_TRUE(files->empty());
    ASSERT_EQ(skipped.size(), 1U);
    EXPECT_EQ(skipped[0].name, file.path());
    EXPECT_TRUE(skipped[0].bitcode);
  }
}

TEST(ElfFile, ReadsOnlyWhatTheFileHas) {
  const MemoryFile memory(test::MakeProgram());
  std::vector<SkippedFile> skipped;
  const Result<std::vector<ElfFile>> files = ElfFile::Open(memory.path(), &skipped);
  ASSERT_TRUE(files) << files.error();
  const ElfFile& file = files->front();
  EXPECT_EQ(file.Read(test::kAddress, 4).size(), 4U);
  EXPECT_THAT(file.Read(test::kAddress, 4), ElementsAre(0x7f, 'E', 'L', 'F'));
  EXPECT_THAT(file.Read(test::kAddress - 1, 4), IsEmpty());
  EXPECT_THAT(file.Read(test::kAddress + test::kSymbols, 1), IsEmpty());
  EXPECT_THAT(file.Read(test::kAddress + test::kSymbols - 1, 2), IsEmpty());
  EXPECT_THAT(file.Read(test::kAddress, UINT64_MAX), IsEmpty());
  EXPECT_THAT(file.Read(UINT64_MAX, 1), IsEmpty());
  EXPECT_TRUE(file.IsExecutable(test::kAddress + test::kText, 6));
  EXPECT_FALSE(file.IsExecutable(test::kAddress + test::kSymbols, 6));
}

// The libraries of this very program are known from its build.
TEST(ElfFile, NeededLibrariesOfARealProgramAreFound) {
  std::vector<SkippedFile> skipped;
  const Result<std::vector<ElfFile>> files = ElfFile::Open("/proc/self/exe", &skipped);
  ASSERT_TRUE(files) << files.error();
  const Result<bool> elf = files->front().Needs("libelf.so.1");
  const Result<bool> other = files->front().Needs("libftrace_rt.so.0");
  ASSERT_TRUE(elf && other);
  EXPECT_TRUE(*elf);
  EXPECT_FALSE(*other);
  EXPECT_TRUE(files->front().HasInterpreter());
}

}  // namespace
}  // namespace ftrace
