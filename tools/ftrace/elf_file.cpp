// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/elf_file.h"

#include <fmt/format.h>
#include <gelf.h>

#include <algorithm>
#include <utility>

namespace ftrace {
namespace {

constexpr size_t kNoteHeaderSize = 12;

uint64_t AlignUp(uint64_t value, uint64_t alignment) {
  return (value + alignment - 1) / alignment * alignment;
}

}  // namespace

ElfFile::ElfFile(std::string name, uint64_t size, std::shared_ptr<ElfHandle> owner, Elf* elf)
    : name_(std::move(name)), size_(size), owner_(std::move(owner)), elf_(elf) {}

ElfFile::ElfFile(ElfFile&& other) noexcept : ElfFile("", 0, nullptr, nullptr) {
  *this = std::move(other);
}

ElfFile& ElfFile::operator=(ElfFile&& other) noexcept {
  if (this == &other) return *this;
  if (elf_ != nullptr) elf_end(elf_);
  name_ = std::move(other.name_);
  size_ = other.size_;
  owner_ = std::move(other.owner_);
  elf_ = std::exchange(other.elf_, nullptr);
  relocatable_ = other.relocatable_;
  has_entry_point_ = other.has_entry_point_;
  big_endian_ = other.big_endian_;
  has_full_symbols_ = other.has_full_symbols_;
  machine_ = other.machine_;
  class_ = other.class_;
  symbol_section_ = other.symbol_section_;
  sections_ = std::move(other.sections_);
  segments_ = std::move(other.segments_);
  symbols_ = std::move(other.symbols_);
  section_data_ = std::move(other.section_data_);
  segment_data_ = std::move(other.segment_data_);
  return *this;
}

ElfFile::~ElfFile() {
  if (elf_ != nullptr) elf_end(elf_);
}

Result<ElfFile> ElfFile::Parse(ElfFile file) {
  std::string error = file.LoadHeader();
  if (error.empty()) error = file.LoadSegments();
  if (error.empty()) error = file.LoadSections();
  if (error.empty()) error = file.LoadSymbols();
  if (!error.empty()) return Error{error};
  return file;
}

std::string ElfFile::Corrupt(const std::string& what) const {
  return fmt::format("{}: {}: the file is damaged or cut short, build it again", name_, what);
}

std::string ElfFile::CheckRange(const std::string& what, uint64_t offset, uint64_t size) const {
  if (offset <= size_ && size <= size_ - offset) return "";
  return Corrupt(
      fmt::format("{} (offset {:#x}, {:#x} bytes) lies behind the end of the file ({:#x})", what,
                  offset, size, size_));
}

std::string ElfFile::LoadHeader() {
  GElf_Ehdr header;
  if (gelf_getehdr(elf_, &header) == nullptr) return Corrupt("no complete ELF header");
  if (header.e_ident[EI_DATA] != ELFDATA2LSB && header.e_ident[EI_DATA] != ELFDATA2MSB) {
    return Corrupt("the ELF header names no byte order");
  }
  if (header.e_type != ET_REL && header.e_type != ET_EXEC && header.e_type != ET_DYN) {
    return fmt::format(
        "{}: ELF type {} is no object, library or program: give the file that was compiled or "
        "linked",
        name_, header.e_type);
  }
  relocatable_ = header.e_type == ET_REL;
  has_entry_point_ = header.e_type != ET_REL && header.e_entry != 0;
  machine_ = header.e_machine;
  class_ = header.e_ident[EI_CLASS];
  big_endian_ = header.e_ident[EI_DATA] == ELFDATA2MSB;
  if (header.e_phoff != 0 && header.e_phnum != 0 &&
      header.e_phentsize != gelf_fsize(elf_, ELF_T_PHDR, 1, EV_CURRENT)) {
    return Corrupt(fmt::format("program headers of {} bytes", header.e_phentsize));
  }
  if (header.e_shoff != 0 && header.e_shentsize != gelf_fsize(elf_, ELF_T_SHDR, 1, EV_CURRENT)) {
    return Corrupt(fmt::format("section headers of {} bytes", header.e_shentsize));
  }
  return "";
}

std::string ElfFile::LoadSegments() {
  GElf_Ehdr header;
  size_t count = 0;
  if (gelf_getehdr(elf_, &header) == nullptr) return Corrupt("no complete ELF header");
  // Before libelf counts them: it would clamp what lies outside.
  std::string error =
      CheckRange("the program header table", header.e_phoff,
                 uint64_t{header.e_phnum} * gelf_fsize(elf_, ELF_T_PHDR, 1, EV_CURRENT));
  if (!error.empty()) return error;
  if (elf_getphdrnum(elf_, &count) != 0) return Corrupt("unreadable number of program headers");
  for (size_t i = 0; i < count; ++i) {
    GElf_Phdr segment;
    if (gelf_getphdr(elf_, static_cast<int>(i), &segment) == nullptr) {
      return Corrupt(fmt::format("unreadable program header {}", i));
    }
    if (segment.p_type == PT_LOAD || segment.p_type == PT_NOTE || segment.p_type == PT_DYNAMIC) {
      error = CheckRange(fmt::format("segment {}", i), segment.p_offset, segment.p_filesz);
      if (!error.empty()) return error;
      if (segment.p_vaddr + segment.p_filesz < segment.p_vaddr) {
        return Corrupt(fmt::format("segment {} wraps around the address space", i));
      }
    }
    segments_.push_back({segment.p_type, segment.p_flags, segment.p_offset, segment.p_vaddr,
                         segment.p_filesz, segment.p_memsz, segment.p_align});
  }
  segment_data_.resize(segments_.size());
  return "";
}

std::string ElfFile::LoadSections() {
  GElf_Ehdr header;
  size_t count = 0;
  if (gelf_getehdr(elf_, &header) == nullptr) return Corrupt("no complete ELF header");
  if (header.e_shoff == 0) return "";
  const uint64_t entry = gelf_fsize(elf_, ELF_T_SHDR, 1, EV_CURRENT);
  // With e_shnum 0 the first header holds the number.
  std::string error = CheckRange("the section header table", header.e_shoff,
                                 std::max<uint64_t>(header.e_shnum, 1) * entry);
  if (!error.empty()) return error;
  if (elf_getshdrnum(elf_, &count) != 0) return Corrupt("unreadable number of section headers");
  if (count == 0 || count > size_ / entry) return Corrupt(fmt::format("{} section headers", count));
  error = CheckRange("the section header table", header.e_shoff, count * entry);
  if (!error.empty()) return error;
  for (size_t i = 0; i < count; ++i) {
    GElf_Shdr section;
    if (gelf_getshdr(elf_getscn(elf_, i), &section) == nullptr) {
      return Corrupt(fmt::format("unreadable section header {}", i));
    }
    if (i != 0 && section.sh_type != SHT_NOBITS && section.sh_type != SHT_NULL) {
      error = CheckRange(fmt::format("section {}", i), section.sh_offset, section.sh_size);
      if (!error.empty()) return error;
    }
    sections_.push_back({"", section.sh_type, section.sh_flags, section.sh_addr, section.sh_offset,
                         section.sh_size, section.sh_addralign, section.sh_entsize, section.sh_link,
                         section.sh_info});
  }
  section_data_.resize(sections_.size());
  return LoadSectionNames(count);
}

std::string ElfFile::LoadSectionNames(size_t count) {
  size_t names = 0;
  if (elf_getshdrstrndx(elf_, &names) != 0 || names >= count) {
    return Corrupt("unreadable section names");
  }
  if (names == SHN_UNDEF) return "";
  const Result<Bytes> strings = SectionData(names);
  if (!strings) return strings.error();
  for (size_t i = 1; i < count; ++i) {
    GElf_Shdr section;
    if (gelf_getshdr(elf_getscn(elf_, i), &section) == nullptr) {
      return Corrupt(fmt::format("unreadable section header {}", i));
    }
    sections_[i].name = StringAt(*strings, section.sh_name);
  }
  return "";
}

std::string ElfFile::LoadSymbols() {
  for (const uint32_t type : {SHT_SYMTAB, SHT_DYNSYM}) {
    for (size_t i = 1; i < sections_.size() && symbol_section_ == 0; ++i) {
      if (sections_[i].type == type) symbol_section_ = i;
    }
  }
  if (symbol_section_ == 0) return "";
  const ElfSection& table = sections_[symbol_section_];
  has_full_symbols_ = table.type == SHT_SYMTAB;
  if (table.link == 0 || table.link >= sections_.size()) {
    return Corrupt("the symbol table names no string table");
  }
  const Result<Bytes> strings = SectionData(table.link);
  if (!strings) return strings.error();
  Bytes wide_indices;
  for (size_t i = 1; i < sections_.size(); ++i) {
    if (sections_[i].type != SHT_SYMTAB_SHNDX || sections_[i].link != symbol_section_) continue;
    const Result<Bytes> data = SectionData(i);
    if (!data) return data.error();
    wide_indices = *data;
  }
  return ReadSymbols(*strings, table, wide_indices);
}

std::string ElfFile::ReadSymbols(const Bytes& strings, const ElfSection& table,
                                 const Bytes& wide_indices) {
  const size_t entry = gelf_fsize(elf_, ELF_T_SYM, 1, EV_CURRENT);
  if (table.size == 0) return "";
  if (table.size % entry != 0) return Corrupt("the symbol table ends inside a symbol");
  const Elf_Data* data = Chunk(table.offset, table.size, ELF_T_SYM);
  if (data == nullptr) return Corrupt("unreadable symbol table");
  const size_t count = table.size / entry;
  symbols_.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    GElf_Sym symbol;
    if (gelf_getsym(const_cast<Elf_Data*>(data), static_cast<int>(i), &symbol) == nullptr) {
      return Corrupt(fmt::format("unreadable symbol {}", i));
    }
    uint32_t section = symbol.st_shndx;
    if (section == SHN_XINDEX && (i + 1) * sizeof(uint32_t) <= wide_indices.size()) {
      section = Load32(wide_indices, i * sizeof(uint32_t));
    } else if (section >= SHN_LORESERVE) {
      section = kNoSection;
    }
    if (section != kNoSection && section >= sections_.size()) {
      return Corrupt(
          fmt::format("symbol {} lies in section {} of {}", i, section, sections_.size()));
    }
    symbols_.push_back({StringAt(strings, symbol.st_name), symbol.st_value, symbol.st_size, section,
                        static_cast<uint8_t>(GELF_ST_TYPE(symbol.st_info)),
                        static_cast<uint8_t>(GELF_ST_BIND(symbol.st_info))});
  }
  return "";
}

std::string_view ElfFile::StringAt(Bytes strings, uint64_t offset) const {
  if (offset >= strings.size()) return "";
  const Bytes tail = strings.subspan(offset);
  const auto end = std::find(tail.begin(), tail.end(), uint8_t{0});
  return {reinterpret_cast<const char*>(tail.data()),
          static_cast<size_t>(std::distance(tail.begin(), end))};
}

const Elf_Data* ElfFile::Chunk(uint64_t offset, uint64_t size, Elf_Type type) const {
  return elf_getdata_rawchunk(elf_, static_cast<int64_t>(offset), size, type);
}

Result<Bytes> ElfFile::Raw(uint64_t offset, uint64_t size) const {
  if (size == 0) return Bytes();
  const Elf_Data* data = Chunk(offset, size, ELF_T_BYTE);
  if (data == nullptr || data->d_buf == nullptr || data->d_size < size) {
    return Error{Corrupt(fmt::format("cannot read {:#x} bytes at offset {:#x}", size, offset))};
  }
  return Bytes(static_cast<const uint8_t*>(data->d_buf), size);
}

const ElfSection* ElfFile::FindSection(std::string_view name) const {
  for (const ElfSection& section : sections_) {
    if (section.name == name) return &section;
  }
  return nullptr;
}

Result<Bytes> ElfFile::SectionData(size_t index) const {
  const ElfSection& section = sections_[index];
  if (section.type == SHT_NOBITS || section.type == SHT_NULL) return Bytes();
  if (!section_data_[index]) {
    const Result<Bytes> data = Raw(section.offset, section.size);
    if (!data) return data;
    section_data_[index] = *data;
  }
  return *section_data_[index];
}

Result<Bytes> ElfFile::SegmentData(size_t index) const {
  if (!segment_data_[index]) {
    const Result<Bytes> data = Raw(segments_[index].offset, segments_[index].file_size);
    if (!data) return data;
    segment_data_[index] = *data;
  }
  return *segment_data_[index];
}

Bytes ElfFile::Read(uint64_t address, uint64_t size) const {
  for (size_t i = 0; i < segments_.size(); ++i) {
    const ElfSegment& segment = segments_[i];
    if (segment.type != PT_LOAD || address < segment.address) continue;
    const uint64_t offset = address - segment.address;
    if (offset > segment.file_size || size > segment.file_size - offset) continue;
    const Result<Bytes> data = SegmentData(i);
    if (data) return data->subspan(offset, size);
  }
  return {};
}

bool ElfFile::IsExecutable(uint64_t address, uint64_t size) const {
  return std::any_of(segments_.begin(), segments_.end(), [&](const ElfSegment& segment) {
    return segment.type == PT_LOAD && (segment.flags & PF_X) != 0 && address >= segment.address &&
           address - segment.address <= segment.file_size &&
           size <= segment.file_size - (address - segment.address);
  });
}

ElfRelocation ElfFile::ReadRelocation(Bytes entry, bool has_addend) const {
  const uint64_t word = word_size();
  ElfRelocation relocation{LoadWord(entry, 0), 0, 0, 0, has_addend};
  if (word == 4) {
    const uint32_t info = Load32(entry, word);
    relocation.type = ELF32_R_TYPE(info);
    relocation.symbol = ELF32_R_SYM(info);
  } else if (machine_ == EM_MIPS) {
    // A symbol, then bytes: a second symbol, the third, second and first type.
    relocation.symbol = Load32(entry, word);
    relocation.type = uint32_t{entry[15]} | uint32_t{entry[14]} << 8 | uint32_t{entry[13]} << 16;
  } else {
    const uint64_t info = Load64(entry, word);
    relocation.type = static_cast<uint32_t>(ELF64_R_TYPE(info));
    relocation.symbol = static_cast<uint32_t>(ELF64_R_SYM(info));
  }
  if (!has_addend) return relocation;
  relocation.addend = word == 4 ? int64_t{static_cast<int32_t>(Load32(entry, 2 * word))}
                                : static_cast<int64_t>(Load64(entry, 2 * word));
  return relocation;
}

Result<std::vector<ElfRelocation>> ElfFile::Relocations(size_t index) const {
  const ElfSection& section = sections_[index];
  const bool has_addend = section.type == SHT_RELA;
  const uint64_t entry = word_size() * (has_addend ? 3 : 2);
  const Result<Bytes> content = SectionData(index);
  if (!content) return Error{content.error()};
  if (content->size() % entry != 0) {
    return Error{Corrupt(fmt::format("section {} ends inside a relocation", section.name))};
  }
  std::vector<ElfRelocation> relocations;
  relocations.reserve(content->size() / entry);
  for (uint64_t at = 0; at < content->size(); at += entry) {
    relocations.push_back(ReadRelocation(content->subspan(at, entry), has_addend));
  }
  return relocations;
}

std::string ElfFile::AppendNotes(Bytes content, uint64_t address, uint64_t alignment,
                                 std::string_view owner, std::vector<ElfNote>* notes) const {
  alignment = alignment == 8 ? 8 : 4;
  uint64_t at = 0;
  while (content.size() - at >= kNoteHeaderSize) {
    const uint64_t name_size = Load32(content, at);
    const uint64_t size = Load32(content, at + 4);
    const uint64_t name = at + kNoteHeaderSize;
    const uint64_t descriptor = AlignUp(name + name_size, alignment);
    if (descriptor > content.size() || size > content.size() - descriptor) {
      return Corrupt(fmt::format("the note at {:#x} is longer than its segment", address + at));
    }
    if (StringAt(content.subspan(name, name_size), 0) == owner) {
      notes->push_back(
          {Load32(content, at + 8), address + descriptor, content.subspan(descriptor, size)});
    }
    at = std::min<uint64_t>(AlignUp(descriptor + size, alignment), content.size());
  }
  return "";
}

Result<std::vector<ElfNote>> ElfFile::Notes(std::string_view owner) const {
  std::vector<ElfNote> notes;
  const size_t count = relocatable_ ? sections_.size() : segments_.size();
  for (size_t i = 0; i < count; ++i) {
    if (relocatable_ ? sections_[i].type != SHT_NOTE : segments_[i].type != PT_NOTE) continue;
    const Result<Bytes> data = relocatable_ ? SectionData(i) : SegmentData(i);
    if (!data) return Error{data.error()};
    const std::string error =
        AppendNotes(*data, relocatable_ ? 0 : segments_[i].address,
                    relocatable_ ? sections_[i].alignment : segments_[i].alignment, owner, &notes);
    if (!error.empty()) return Error{error};
  }
  return notes;
}

std::string ElfFile::BuildId() const {
  const Result<std::vector<ElfNote>> notes = Notes("GNU");
  if (!notes) return "";
  for (const ElfNote& note : *notes) {
    if (note.type == NT_GNU_BUILD_ID) return fmt::format("{:02x}", fmt::join(note.descriptor, ""));
  }
  return "";
}

bool ElfFile::HasInterpreter() const {
  return std::any_of(segments_.begin(), segments_.end(),
                     [](const ElfSegment& segment) { return segment.type == PT_INTERP; });
}

Result<bool> ElfFile::Needs(std::string_view soname) const {
  const uint64_t word = word_size();
  std::vector<uint64_t> needed;
  uint64_t strings = 0;
  uint64_t strings_size = 0;
  for (size_t i = 0; i < segments_.size(); ++i) {
    if (segments_[i].type != PT_DYNAMIC) continue;
    const Result<Bytes> data = SegmentData(i);
    if (!data) return Error{data.error()};
    for (uint64_t at = 0; at + 2 * word <= data->size(); at += 2 * word) {
      const uint64_t tag = LoadWord(*data, at);
      const uint64_t value = LoadWord(*data, at + word);
      if (tag == DT_NULL) break;
      if (tag == DT_NEEDED) needed.push_back(value);
      if (tag == DT_STRTAB) strings = value;
      if (tag == DT_STRSZ) strings_size = value;
    }
  }
  const Bytes names = Read(strings, strings_size);
  return std::any_of(needed.begin(), needed.end(),
                     [&](uint64_t offset) { return StringAt(names, offset) == soname; });
}

uint32_t ElfFile::Load32(Bytes bytes, uint64_t offset) const {
  uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) {
    const unsigned shift = 8 * (big_endian_ ? 3 - i : i);
    value |= uint32_t{bytes[offset + i]} << shift;
  }
  return value;
}

uint64_t ElfFile::Load64(Bytes bytes, uint64_t offset) const {
  const uint64_t first = Load32(bytes, offset);
  const uint64_t second = Load32(bytes, offset + 4);
  return big_endian_ ? first << 32 | second : second << 32 | first;
}

uint64_t ElfFile::LoadWord(Bytes bytes, uint64_t offset) const {
  return class_ == ELFCLASS64 ? Load64(bytes, offset) : Load32(bytes, offset);
}

uint64_t ElfFile::AddressAt(uint64_t address, uint32_t distance) const {
  const uint64_t sum = address + static_cast<uint64_t>(int64_t{static_cast<int32_t>(distance)});
  return class_ == ELFCLASS64 ? sum : static_cast<uint32_t>(sum);
}

}  // namespace ftrace
