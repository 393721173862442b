// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An ELF file, or a member of an archive, whose content is not trusted. Every offset and length is
// compared with the file before it is used, so that a damaged file ends in one line of text.
#ifndef FTRACE_TOOLS_FTRACE_ELF_FILE_H_
#define FTRACE_TOOLS_FTRACE_ELF_FILE_H_

#include <libelf.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/ftrace/result.h"

namespace ftrace {

struct ElfHandle;

using Bytes = std::span<const uint8_t>;

struct ElfSection {
  std::string_view name;
  uint32_t type;
  uint64_t flags;
  uint64_t address;
  uint64_t offset;
  uint64_t size;
  uint64_t alignment;
  uint64_t entry_size;
  uint32_t link;
  uint32_t info;
};

struct ElfSegment {
  uint32_t type;
  uint32_t flags;
  uint64_t offset;
  uint64_t address;
  uint64_t file_size;
  uint64_t memory_size;
  uint64_t alignment;
};

struct ElfSymbol {
  std::string_view name;
  uint64_t value;
  uint64_t size;
  uint32_t section;  // index; 0: undefined; kNoSection: absolute and the like
  uint8_t type;      // STT_*
  uint8_t binding;   // STB_*
};

struct ElfRelocation {
  uint64_t offset;
  uint32_t type;    // of 64-bit MIPS, which has three: the second from bit 8, the third from 16
  uint32_t symbol;  // index in the symbol table the relocation section links to
  int64_t addend;
  bool has_addend;  // else it is in the place
};

struct ElfNote {
  uint32_t type;
  uint64_t address;  // of the descriptor
  Bytes descriptor;
};

inline constexpr uint32_t kNoSection = 0xffffffff;

// A file that holds no machine code yet or none at all.
struct SkippedFile {
  std::string name;  // PATH or PATH(MEMBER)
  bool bitcode;      // LLVM's: the linker makes the code
};

class ElfFile {
 public:
  // Every object in a file: itself, or the members of an archive that are ELF files. `skipped`
  // receives members that are not, and a file of bitcode.
  static Result<std::vector<ElfFile>> Open(const std::string& path,
                                           std::vector<SkippedFile>* skipped);

  ElfFile(ElfFile&&) noexcept;
  ElfFile& operator=(ElfFile&&) noexcept;
  ~ElfFile();

  const std::string& name() const { return name_; }  // PATH or PATH(MEMBER)
  bool relocatable() const { return relocatable_; }
  bool has_entry_point() const { return has_entry_point_; }
  unsigned machine() const { return machine_; }
  unsigned elf_class() const { return class_; }
  bool big_endian() const { return big_endian_; }
  const std::vector<ElfSection>& sections() const { return sections_; }
  const std::vector<ElfSegment>& segments() const { return segments_; }

  // .symtab, else .dynsym, else nothing.
  const std::vector<ElfSymbol>& symbols() const { return symbols_; }
  bool has_full_symbols() const { return has_full_symbols_; }
  size_t symbol_section() const { return symbol_section_; }

  const ElfSection* FindSection(std::string_view name) const;
  // The content as it is in the file; empty for SHT_NOBITS.
  Result<Bytes> SectionData(size_t index) const;
  // The content of a segment that is in the file.
  Result<Bytes> SegmentData(size_t index) const;
  // `size` bytes at an address of a linked file; empty if no segment has them in the file.
  Bytes Read(uint64_t address, uint64_t size) const;
  bool IsExecutable(uint64_t address, uint64_t size) const;

  // Of a SHT_REL or SHT_RELA section.
  Result<std::vector<ElfRelocation>> Relocations(size_t index) const;

  // All notes of an owner, in PT_NOTE segments; in SHT_NOTE sections of a relocatable file, with
  // offsets for addresses.
  Result<std::vector<ElfNote>> Notes(std::string_view owner) const;
  // In hexadecimal; empty if there is none.
  std::string BuildId() const;
  bool HasInterpreter() const;
  Result<bool> Needs(std::string_view soname) const;

  // Numbers in the byte order of the file. The caller has checked the size.
  uint32_t Load32(Bytes bytes, uint64_t offset) const;
  uint64_t Load64(Bytes bytes, uint64_t offset) const;
  // A word of the file's class.
  uint64_t LoadWord(Bytes bytes, uint64_t offset) const;
  uint64_t word_size() const { return class_ == ELFCLASS64 ? 8 : 4; }
  // The address that lies `distance` from another; addresses are as wide as the class.
  uint64_t AddressAt(uint64_t address, uint32_t distance) const;

 private:
  ElfFile(std::string name, uint64_t size, std::shared_ptr<ElfHandle> owner, Elf* elf);
  static Result<ElfFile> Parse(ElfFile file);
  static Result<std::vector<ElfFile>> OpenArchive(const std::string& path, uint64_t size,
                                                  const std::shared_ptr<ElfHandle>& archive,
                                                  std::vector<SkippedFile>* skipped);
  std::string LoadHeader();
  std::string LoadSegments();
  std::string LoadSections();
  std::string LoadSectionNames(size_t count);
  std::string LoadSymbols();
  std::string ReadSymbols(const Bytes& strings, const ElfSection& table, const Bytes& wide_indices);
  std::string CheckRange(const std::string& what, uint64_t offset, uint64_t size) const;
  ElfRelocation ReadRelocation(Bytes entry, bool has_addend) const;
  // libelf's copy of a part of the file that CheckRange() has passed.
  const Elf_Data* Chunk(uint64_t offset, uint64_t size, Elf_Type type) const;
  Result<Bytes> Raw(uint64_t offset, uint64_t size) const;
  std::string Corrupt(const std::string& what) const;
  std::string_view StringAt(Bytes strings, uint64_t offset) const;
  std::string AppendNotes(Bytes content, uint64_t address, uint64_t alignment,
                          std::string_view owner, std::vector<ElfNote>* notes) const;

  std::string name_;
  uint64_t size_;
  std::shared_ptr<ElfHandle> owner_;  // the file descriptor and, for a member, the archive
  Elf* elf_;
  bool relocatable_ = false;
  bool has_entry_point_ = false;
  bool big_endian_ = false;
  bool has_full_symbols_ = false;
  unsigned machine_ = 0;
  unsigned class_ = 0;
  size_t symbol_section_ = 0;
  std::vector<ElfSection> sections_;
  std::vector<ElfSegment> segments_;
  std::vector<ElfSymbol> symbols_;
  // Filled at the first use of each.
  mutable std::vector<std::optional<Bytes>> section_data_;
  mutable std::vector<std::optional<Bytes>> segment_data_;
};

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_ELF_FILE_H_
