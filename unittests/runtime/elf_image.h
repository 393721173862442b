// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Small ELF files made to order, and files to hold them.
#ifndef FTRACE_UNITTESTS_RUNTIME_ELF_IMAGE_H_
#define FTRACE_UNITTESTS_RUNTIME_ELF_IMAGE_H_

#include <elf.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ftrace {

struct ImageSymbol {
  std::string name;
  uint64_t value;
  unsigned type = STT_FUNC;
  uint16_t section = 1;

  bool operator==(const ImageSymbol&) const = default;
};

// The sections of an image, in this order behind the null section.
enum ImageSection { kSymbolSection = 1, kStringSection, kNoteSection, kSecondSymbolSection };

// One ELF note with its padding.
std::string MakeNote(uint32_t type, std::string_view owner, std::string_view descriptor);

// `symbols` go into a section of `table_type`; `second` into one of the other type, if not empty.
std::string MakeElfImage(const std::vector<ImageSymbol>& symbols, std::string_view build_id,
                         uint32_t table_type = SHT_SYMTAB,
                         const std::vector<ImageSymbol>& second = {});

// Changes the header, or a section's header, in place.
Elf64_Ehdr* ImageHeader(std::string* image);
Elf64_Shdr* ImageSectionHeader(std::string* image, size_t section);

// A file with this content, gone with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const char* path() const { return path_.c_str(); }

 private:
  std::string path_;
};

}  // namespace ftrace

#endif  // FTRACE_UNITTESTS_RUNTIME_ELF_IMAGE_H_
