// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "unittests/tools/elf_image.h"

#include <elf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace ftrace::test {
namespace {

constexpr size_t kFunctionF = 0;
constexpr size_t kFunctionG = 16;
constexpr uint64_t kFunctionSize = 15;
constexpr char kNameBytes[] =
    "\0.text\0__ftrace_sites\0.note.ftrace\0.symtab\0.strtab\0"
    ".shstrtab\0.rela__ftrace_sites\0";
constexpr std::string_view kNames(kNameBytes, sizeof(kNameBytes));
constexpr char kSymbolNameBytes[] = "\0f\0_Z1gi\0";
constexpr std::string_view kSymbolNames(kSymbolNameBytes, sizeof(kSymbolNameBytes));
constexpr size_t kLoadEnd = kSymbols;
enum : uint32_t { kSymbolF = 1, kSymbolG, kSymbolSites, kSymbolCount };

void PutNumber(Image* image, size_t offset, uint64_t value, size_t size) {
  const bool big_endian = (*image)[EI_DATA] == ELFDATA2MSB;
  if (image->size() < offset + size) image->resize(offset + size);
  for (size_t i = 0; i < size; ++i) {
    (*image)[offset + (big_endian ? size - 1 - i : i)] = static_cast<uint8_t>(value >> (8 * i));
  }
}

void PutBytes(Image* image, size_t offset, std::string_view bytes) {
  if (image->size() < offset + bytes.size()) image->resize(offset + bytes.size());
  std::memcpy(image->data() + offset, bytes.data(), bytes.size());
}

uint32_t NameOffset(std::string_view name) {
  return static_cast<uint32_t>(kNames.find(std::string(1, '\0') + std::string(name)) + 1);
}

// Writes the structures of one target, member by member.
class Writer {
 public:
  explicit Writer(const Target& target) : target_(target) {
    PutBytes(&image_, 0, std::string_view(ELFMAG, SELFMAG));
    PutBytes(&image_, EI_NIDENT - 1, std::string_view("", 1));
    image_[EI_CLASS] = target.elf_class;
    image_[EI_DATA] = target.big_endian ? ELFDATA2MSB : ELFDATA2LSB;
    image_[EI_VERSION] = EV_CURRENT;
  }

  Image& image() { return image_; }
  bool wide() const { return target_.elf_class == ELFCLASS64; }
  size_t word() const { return wide() ? 8 : 4; }
  size_t header_size() const { return wide() ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr); }
  size_t section_size() const { return wide() ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr); }
  size_t segment_size() const { return wide() ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr); }
  size_t symbol_size() const { return wide() ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym); }
  size_t relocation_size() const { return word() * (target_.has_addends ? 3 : 2); }

  void Header(uint16_t type) {
    const bool linked = type != ET_REL;
    const uint64_t entry = linked ? kAddress + kText : 0;
    At(EI_NIDENT).Half(type).Half(target_.machine).Number(EV_CURRENT).Word(entry);
    Word(linked ? header_size() : 0).Word(kSectionHeaders).Number(0);
    Half(header_size()).Half(linked ? segment_size() : 0).Half(linked ? 2 : 0);
    Half(section_size()).Half(kSectionCount).Half(kNameSection);
  }

  void Segment(unsigned index, uint32_t type, uint32_t flags, size_t offset, size_t size,
               size_t alignment) {
    At(header_size() + index * segment_size()).Number(type);
    if (wide()) Number(flags);
    Word(offset).Word(kAddress + offset).Word(kAddress + offset).Word(size).Word(size);
    if (!wide()) Number(flags);
    Word(alignment);
  }

  void Section(unsigned index, std::string_view name, uint32_t type, uint64_t flags, size_t offset,
               size_t size, uint32_t link, uint32_t info, uint64_t entry) {
    const bool loaded = (flags & SHF_ALLOC) != 0 && linked_;
    At(kSectionHeaders + index * section_size()).Number(NameOffset(name)).Number(type);
    Word(flags).Word(loaded ? kAddress + offset : 0).Word(offset).Word(size);
    Number(link).Number(info).Word(type == SHT_NOTE ? 4 : 8).Word(entry);
  }

  void Symbol(unsigned index, std::string_view name, uint8_t info, uint16_t section, uint64_t value,
              uint64_t size) {
    At(kSymbols + index * symbol_size()).Number(name.empty() ? 0 : kSymbolNames.find(name));
    if (!wide()) Word(value).Word(size);
    Byte(info).Byte(0).Half(section);
    if (wide()) Word(value).Word(size);
  }

  // Of a record: `addend` goes to the place where there is no room for it here.
  void Relocation(unsigned index, size_t place, uint32_t symbol, uint32_t type, int64_t addend) {
    At(kRelocations + index * relocation_size()).Word(place);
    if (!wide()) {
      Word(ELF32_R_INFO(symbol, type));
    } else if (target_.machine == EM_MIPS) {
      Number(symbol).Byte(0).Byte(0).Byte(0).Byte(static_cast<uint8_t>(type));
    } else {
      Word(ELF64_R_INFO(uint64_t{symbol}, uint64_t{type}));
    }
    if (target_.has_addends) {
      Word(static_cast<uint64_t>(addend));
    } else {
      PutNumber(&image_, kSites + place, static_cast<uint64_t>(addend), 4);
    }
  }

  void set_linked(bool linked) { linked_ = linked; }
  Writer& At(size_t offset) {
    at_ = offset;
    return *this;
  }
  Writer& Put(uint64_t value, size_t size) {
    PutNumber(&image_, at_, value, size);
    at_ += size;
    return *this;
  }
  Writer& Byte(uint8_t value) { return Put(value, 1); }
  Writer& Half(uint64_t value) { return Put(value, 2); }
  Writer& Number(uint64_t value) { return Put(value, 4); }
  Writer& Word(uint64_t value) { return Put(value, word()); }
  void Code(size_t offset, const std::vector<uint8_t>& bytes) {
    std::copy(bytes.begin(), bytes.end(), image_.begin() + static_cast<std::ptrdiff_t>(offset));
  }

 private:
  const Target& target_;
  bool linked_ = false;
  Image image_;
  size_t at_ = 0;
};

size_t LivePlace(const Target& target, size_t function) {
  return function + (function == kFunctionG ? target.lead.size() : 0) + target.live_offset;
}

void PutText(const Target& target, Writer* writer) {
  writer->Code(kText + kFunctionF, target.pad);
  writer->Code(kText + kFunctionG, target.lead);
  writer->Code(kText + kFunctionG + target.lead.size(), target.pad);
}

void PutRecordFacts(const Target& target, Writer* writer) {
  const auto facts = static_cast<uint32_t>(target.pad.size() | target.isa << 4);
  for (const size_t function : {kFunctionF, kFunctionG}) {
    const auto lead = static_cast<uint32_t>(LivePlace(target, function) - function);
    const size_t record = kSites + (function == kFunctionF ? 0 : 8);
    PutNumber(&writer->image(), record + 4, facts | lead << 16, 4);
  }
}

// What both files have in common.
void PutCommon(const Target& target, bool linked, Writer* writer) {
  writer->image().resize(kSectionHeaders + kSectionCount * writer->section_size());
  writer->set_linked(linked);
  writer->Header(linked ? ET_DYN : ET_REL);
  PutText(target, writer);
  PutRecordFacts(target, writer);
  PutBytes(&writer->image(), kSectionNames, kNames);
  PutBytes(&writer->image(), kStrings, kSymbolNames);
  const uint64_t text = (linked ? kAddress + kText : 0) + (target.thumb ? 1 : 0);
  const uint8_t function = ELF32_ST_INFO(STB_GLOBAL, STT_FUNC);
  writer->Symbol(kSymbolF, "f", function, kTextSection, text + kFunctionF, kFunctionSize);
  writer->Symbol(kSymbolG, "_Z1gi", function, kTextSection, text + kFunctionG, kFunctionSize);
  writer->Symbol(kSymbolSites, "", ELF32_ST_INFO(STB_LOCAL, STT_SECTION), kSitesSection,
                 linked ? kAddress + kSites : 0, 0);
  writer->At(kNote).Number(7).Number(16).Number(1);
  PutBytes(&writer->image(), kNote + 12, "ftrace");
  writer->At(kNoteDescriptor).Number(1);
  writer->Section(kTextSection, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, kText, kTextSize,
                  0, 0, 0);
  writer->Section(kSitesSection, "__ftrace_sites", SHT_PROGBITS, SHF_ALLOC | SHF_LINK_ORDER, kSites,
                  kSitesSize, kTextSection, 0, 0);
  writer->Section(kNoteSection, ".note.ftrace", SHT_NOTE, SHF_ALLOC, kNote, kNoteSize, 0, 0, 0);
  writer->Section(kSymbolSection, ".symtab", SHT_SYMTAB, 0, kSymbols,
                  kSymbolCount * writer->symbol_size(), kStringSection, 1, writer->symbol_size());
  writer->Section(kStringSection, ".strtab", SHT_STRTAB, 0, kStrings, kSymbolNames.size(), 0, 0, 0);
  writer->Section(kNameSection, ".shstrtab", SHT_STRTAB, 0, kSectionNames, kNames.size(), 0, 0, 0);
}

}  // namespace

Image MakeProgram(const Target& target) {
  Writer writer(target);
  PutCommon(target, true, &writer);
  writer.Segment(0, PT_LOAD, PF_R | PF_X, 0, kLoadEnd, 0x1000);
  writer.Segment(1, PT_NOTE, PF_R, kNote, kNoteSize, 4);
  writer.At(kSites).Number(kText + LivePlace(target, kFunctionF) - kSites);
  writer.At(kSites + 8).Number(kText + LivePlace(target, kFunctionG) - (kSites + 8));
  writer.At(kNoteDescriptor + 4).Number(kSites - (kNoteDescriptor + 4));
  writer.Number(kSites + kSitesSize - (kNoteDescriptor + 8));
  writer.Number(target.gate ? kGate - (kNoteDescriptor + 12) : 0);
  return std::move(writer.image());
}

Image MakeObject(const Target& target) {
  Writer writer(target);
  PutCommon(target, false, &writer);
  unsigned count = 0;
  for (const size_t function : {kFunctionF, kFunctionG}) {
    const size_t record = function == kFunctionF ? 0 : 8;
    const uint32_t symbol = function == kFunctionF ? kSymbolF : kSymbolG;
    const auto addend = static_cast<int64_t>(LivePlace(target, function) - function);
    writer.Relocation(count++, record, symbol, target.relocations[0],
                      addend - (target.thumb ? 1 : 0));
    if (target.relocations.size() == 1) continue;
    writer.Relocation(count++, record, kSymbolSites, target.relocations[1],
                      static_cast<int64_t>(record));
  }
  writer.Section(kRelocationSection, ".rela__ftrace_sites", target.has_addends ? SHT_RELA : SHT_REL,
                 SHF_INFO_LINK, kRelocations, count * writer.relocation_size(), kSymbolSection,
                 kSitesSection, writer.relocation_size());
  return std::move(writer.image());
}

Image MakeArchive(const std::vector<Image>& members) {
  Image archive;
  PutBytes(&archive, 0, "!<arch>\n");
  for (size_t i = 0; i < members.size(); ++i) {
    char header[61];
    std::snprintf(header, sizeof(header), "%-16s%-12d%-6d%-6d%-8s%-10zu`\n",
                  ("m" + std::to_string(i) + ".o/").c_str(), 0, 0, 0, "100644", members[i].size());
    PutBytes(&archive, archive.size(), std::string_view(header, 60));
    archive.insert(archive.end(), members[i].begin(), members[i].end());
    if (archive.size() % 2 != 0) archive.push_back('\n');
  }
  return archive;
}

void Store8(Image* image, size_t offset, uint8_t value) { PutNumber(image, offset, value, 1); }
void Store16(Image* image, size_t offset, uint16_t value) { PutNumber(image, offset, value, 2); }
void Store32(Image* image, size_t offset, uint32_t value) { PutNumber(image, offset, value, 4); }
void Store64(Image* image, size_t offset, uint64_t value) { PutNumber(image, offset, value, 8); }

uint32_t Load32(const Image& image, size_t offset) {
  const bool big_endian = image[EI_DATA] == ELFDATA2MSB;
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value = value << 8 | image[offset + (big_endian ? i : 3 - i)];
  return value;
}

size_t SectionHeader(unsigned section, size_t member) {
  return kSectionHeaders + section * sizeof(Elf64_Shdr) + member;
}

MemoryFile::MemoryFile(const Image& content) : fd_(memfd_create("test", MFD_CLOEXEC)) {
  if (fd_ < 0 ||
      pwrite(fd_, content.data(), content.size(), 0) != static_cast<ssize_t>(content.size())) {
    std::perror("memfd_create");
    std::abort();
  }
}

MemoryFile::~MemoryFile() { close(fd_); }

std::string MemoryFile::path() const { return "/proc/self/fd/" + std::to_string(fd_); }

}  // namespace ftrace::test
