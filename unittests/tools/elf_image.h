// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Small ELF files for tests, written with <elf.h> alone so that they do not depend on the library
// that the code under test reads them with. Every part has a known place and can be damaged.
#ifndef FTRACE_UNITTESTS_TOOLS_ELF_IMAGE_H_
#define FTRACE_UNITTESTS_TOOLS_ELF_IMAGE_H_

#include <elf.h>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace ftrace::test {

// Offsets in both files.
inline constexpr size_t kText = 0x200;  // f at 0, g at 16 with what its target puts before a pad
inline constexpr size_t kGate = kText + 8;
inline constexpr size_t kTextSize = 0x20;
inline constexpr size_t kSites = 0x240;  // two records
inline constexpr size_t kSitesSize = 16;
inline constexpr size_t kNote = 0x260;
inline constexpr size_t kNoteDescriptor = kNote + 20;
inline constexpr size_t kNoteSize = 36;
inline constexpr size_t kSymbols = 0x2a0;  // null, f, g, the section of records
inline constexpr size_t kRelocations = 0x300;
inline constexpr size_t kStrings = 0x360;
inline constexpr size_t kSectionNames = 0x380;
inline constexpr size_t kSectionHeaders = 0x400;
// Section numbers in both files.
enum : uint16_t {
  kTextSection = 1,
  kSitesSection,
  kNoteSection,
  kSymbolSection,
  kStringSection,
  kNameSection,
  kRelocationSection,
  kSectionCount
};
inline constexpr uint64_t kAddress = 0x10000;  // of the first byte of the program

using Image = std::vector<uint8_t>;

struct Target {
  const char* name;
  uint16_t machine;  // EM_*
  uint8_t elf_class = ELFCLASS64;
  bool big_endian = false;
  uint32_t isa;
  std::vector<uint8_t> pad;
  size_t live_offset = 0;
  std::vector<uint8_t> lead = {};     // between the symbol of g and its pad
  std::vector<uint32_t> relocations;  // types, of one record
  bool has_addends = true;
  bool thumb = false;
  bool gate = false;
};

inline void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }

const Target& X8664();
// Every target of the plugins, and each form of its pads.
const std::vector<Target>& AllTargets();

// A shared library or position-independent program with two good sites.
Image MakeProgram(const Target& target = X8664());
// The object it could have been linked from.
Image MakeObject(const Target& target = X8664());
// An archive of such files.
Image MakeArchive(const std::vector<Image>& members);

// In the byte order of the image.
void Store8(Image* image, size_t offset, uint8_t value);
void Store16(Image* image, size_t offset, uint16_t value);
void Store32(Image* image, size_t offset, uint32_t value);
void Store64(Image* image, size_t offset, uint64_t value);
uint32_t Load32(const Image& image, size_t offset);

// Offset of a member of a section header.
size_t SectionHeader(unsigned section, size_t member);

// A file without a name in the file system; it has a path as long as the object lives.
class MemoryFile {
 public:
  explicit MemoryFile(const Image& content);
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile();

  std::string path() const;

 private:
  int fd_;
};

}  // namespace ftrace::test

#endif  // FTRACE_UNITTESTS_TOOLS_ELF_IMAGE_H_
