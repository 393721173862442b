// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "unittests/runtime/elf_image.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace ftrace {
namespace {

template <typename T>
void Append(std::string* out, const T& value) {
  out->append(reinterpret_cast<const char*>(&value), sizeof(value));
}

void Align(std::string* out, size_t alignment) {
  while (out->size() % alignment != 0) out->push_back('\0');
}

std::string SymbolTable(const std::vector<ImageSymbol>& symbols, std::string* strings) {
  std::string table(sizeof(Elf64_Sym), '\0');
  for (const ImageSymbol& symbol : symbols) {
    Elf64_Sym sym = {};
    sym.st_name = static_cast<Elf64_Word>(strings->size());
    sym.st_info = static_cast<unsigned char>(ELF64_ST_INFO(STB_GLOBAL, symbol.type));
    sym.st_shndx = symbol.section;
    sym.st_value = symbol.value;
    strings->append(symbol.name).push_back('\0');
    Append(&table, sym);
  }
  return table;
}

Elf64_Shdr AppendSection(std::string* image, uint32_t type, const std::string& content) {
  Align(image, 8);
  Elf64_Shdr header = {};
  header.sh_type = type;
  header.sh_offset = image->size();
  header.sh_size = content.size();
  header.sh_link = kStringSection;
  image->append(content);
  return header;
}

}  // namespace

std::string MakeNote(uint32_t type, std::string_view owner, std::string_view descriptor) {
  std::string note;
  Append(&note, static_cast<uint32_t>(owner.size()));
  Append(&note, static_cast<uint32_t>(descriptor.size()));
  Append(&note, type);
  note.append(owner);
  Align(&note, 4);
  note.append(descriptor);
  Align(&note, 4);
  return note;
}

std::string MakeElfImage(const std::vector<ImageSymbol>& symbols, std::string_view build_id,
                         uint32_t table_type, const std::vector<ImageSymbol>& second) {
  std::string strings(1, '\0');
  const std::string table = SymbolTable(symbols, &strings);
  const std::string second_table = SymbolTable(second, &strings);
  const std::string note =
      build_id.empty() ? "" : MakeNote(NT_GNU_BUILD_ID, std::string_view("GNU\0", 4), build_id);

  std::string image(sizeof(Elf64_Ehdr), '\0');
  std::vector<Elf64_Shdr> sections(1);
  sections.push_back(AppendSection(&image, table_type, table));
  sections.push_back(AppendSection(&image, SHT_STRTAB, strings));
  sections.push_back(AppendSection(&image, SHT_NOTE, note));
  if (!second.empty()) {
    const uint32_t type = table_type == SHT_SYMTAB ? SHT_DYNSYM : SHT_SYMTAB;
    sections.push_back(AppendSection(&image, type, second_table));
  }
  Align(&image, 8);

  Elf64_Ehdr header = {};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_shoff = image.size();
  header.e_shentsize = sizeof(Elf64_Shdr);
  header.e_shnum = static_cast<Elf64_Half>(sections.size());
  std::memcpy(image.data(), &header, sizeof(header));
  for (const Elf64_Shdr& section : sections) Append(&image, section);
  return image;
}

Elf64_Ehdr* ImageHeader(std::string* image) { return reinterpret_cast<Elf64_Ehdr*>(image->data()); }

Elf64_Shdr* ImageSectionHeader(std::string* image, size_t section) {
  return reinterpret_cast<Elf64_Shdr*>(image->data() + ImageHeader(image)->e_shoff) + section;
}

TemporaryFile::TemporaryFile(std::string_view content)
    : path_(testing::TempDir() + "ftrace_unittest_XXXXXX") {
  const int fd = mkstemp(path_.data());
  if (fd < 0 || write(fd, content.data(), content.size()) != static_cast<ssize_t>(content.size())) {
    std::abort();
  }
  close(fd);
}

TemporaryFile::~TemporaryFile() { unlink(path_.c_str()); }

}  // namespace ftrace
