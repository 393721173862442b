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

constexpr uint8_t kPad[] = {0x67, 0x0f, 0x1f, 0x44, 0x00, 0x00};
constexpr uint8_t kLead[] = {0xf3, 0x0f, 0x1e, 0xfa, 0x0f, 0x1f, 0x40, 0x00};
constexpr uint32_t kFacts = 0x16;  // x86_64, six bytes
constexpr uint32_t kFactsBehindLead = 0x80016;
constexpr size_t kFunctionF = 0;
constexpr size_t kFunctionG = 16;
constexpr char kNameBytes[] =
    "\0.text\0__ftrace_sites\0.note.ftrace\0.symtab\0.strtab\0"
    ".shstrtab\0.rela__ftrace_sites\0";
constexpr std::string_view kNames(kNameBytes, sizeof(kNameBytes));
constexpr char kSymbolNameBytes[] = "\0f\0_Z1gi\0";
constexpr std::string_view kSymbolNames(kSymbolNameBytes, sizeof(kSymbolNameBytes));
constexpr size_t kFileEnd = kSectionHeaders + kSectionCount * sizeof(Elf64_Shdr);
constexpr size_t kLoadEnd = kSymbols;

template <typename T>
void Put(Image* image, size_t offset, const T& value) {
  if (image->size() < offset + sizeof(value)) image->resize(offset + sizeof(value));
  std::memcpy(image->data() + offset, &value, sizeof(value));
}

void PutBytes(Image* image, size_t offset, std::string_view bytes) {
  if (image->size() < offset + bytes.size()) image->resize(offset + bytes.size());
  std::memcpy(image->data() + offset, bytes.data(), bytes.size());
}

uint32_t NameOffset(std::string_view name) {
  return static_cast<uint32_t>(kNames.find(std::string(1, '\0') + std::string(name)) + 1);
}

void PutSection(Image* image, unsigned index, std::string_view name, uint32_t type, uint64_t flags,
                size_t offset, size_t size, uint32_t link, uint32_t info, uint64_t entry) {
  const bool loaded = (flags & SHF_ALLOC) != 0 && (*image)[EI_NIDENT] == ET_DYN;
  const uint64_t alignment = type == SHT_NOTE ? 4 : 8;
  const Elf64_Shdr header = {NameOffset(name), type, flags, loaded ? kAddress + offset : 0,
                             offset,           size, link,  info,
                             alignment,        entry};
  Put(image, kSectionHeaders + index * sizeof(Elf64_Shdr), header);
}

void PutSymbol(Image* image, unsigned index, std::string_view name, uint64_t value) {
  const Elf64_Sym symbol = {static_cast<uint32_t>(kSymbolNames.find(name)),
                            ELF64_ST_INFO(STB_GLOBAL, STT_FUNC),
                            0,
                            kTextSection,
                            value,
                            15};
  Put(image, kSymbols + index * sizeof(Elf64_Sym), symbol);
}

// What both files have in common. `base` is the value of a symbol at the begin of the text.
Image MakeCommon(uint16_t type, uint64_t base) {
  Image image(kFileEnd);
  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = type;
  header.e_machine = EM_X86_64;
  header.e_version = EV_CURRENT;
  header.e_shoff = kSectionHeaders;
  header.e_ehsize = sizeof(Elf64_Ehdr);
  header.e_shentsize = sizeof(Elf64_Shdr);
  header.e_shnum = kSectionCount;
  header.e_shstrndx = kNameSection;
  Put(&image, 0, header);
  Put(&image, kText + kFunctionF, kPad);
  Put(&image, kText + kFunctionG, kLead);
  Put(&image, kText + kFunctionG + sizeof(kLead), kPad);
  PutBytes(&image, kSectionNames, kNames);
  PutBytes(&image, kStrings, kSymbolNames);
  PutSymbol(&image, 1, "f", base + kFunctionF);
  PutSymbol(&image, 2, "_Z1gi", base + kFunctionG);
  Store32(&image, kSites + 4, kFacts);
  Store32(&image, kSites + 12, kFactsBehindLead);
  const uint32_t note[] = {7, 16, 1};
  Put(&image, kNote, note);
  PutBytes(&image, kNote + sizeof(note), "ftrace");
  Store32(&image, kNoteDescriptor, 1);
  PutSection(&image, kTextSection, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, kText,
             kTextSize, 0, 0, 0);
  PutSection(&image, kSitesSection, "__ftrace_sites", SHT_PROGBITS, SHF_ALLOC | SHF_LINK_ORDER,
             kSites, kSitesSize, kTextSection, 0, 0);
  PutSection(&image, kNoteSection, ".note.ftrace", SHT_NOTE, SHF_ALLOC, kNote, kNoteSize, 0, 0, 0);
  PutSection(&image, kSymbolSection, ".symtab", SHT_SYMTAB, 0, kSymbols, 3 * sizeof(Elf64_Sym),
             kStringSection, 1, sizeof(Elf64_Sym));
  PutSection(&image, kStringSection, ".strtab", SHT_STRTAB, 0, kStrings, kSymbolNames.size(), 0, 0,
             0);
  PutSection(&image, kNameSection, ".shstrtab", SHT_STRTAB, 0, kSectionNames, kNames.size(), 0, 0,
             0);
  return image;
}

}  // namespace

Image MakeProgram() {
  Image image = MakeCommon(ET_DYN, kAddress + kText);
  const Elf64_Phdr segments[] = {
      {PT_LOAD, PF_R | PF_X, 0, kAddress, kAddress, kLoadEnd, kLoadEnd, 0x1000},
      {PT_NOTE, PF_R, kNote, kAddress + kNote, kAddress + kNote, kNoteSize, kNoteSize, 4},
  };
  Put(&image, sizeof(Elf64_Ehdr), segments);
  Store64(&image, offsetof(Elf64_Ehdr, e_phoff), sizeof(Elf64_Ehdr));
  Store16(&image, offsetof(Elf64_Ehdr, e_phentsize), sizeof(Elf64_Phdr));
  Store16(&image, offsetof(Elf64_Ehdr, e_phnum), 2);
  Store64(&image, offsetof(Elf64_Ehdr, e_entry), kAddress + kText);
  Store32(&image, kSites, static_cast<uint32_t>(kText + kFunctionF - kSites));
  Store32(&image, kSites + 8,
          static_cast<uint32_t>(kText + kFunctionG + sizeof(kLead) - (kSites + 8)));
  Store32(&image, kNoteDescriptor + 4, static_cast<uint32_t>(kSites - (kNoteDescriptor + 4)));
  Store32(&image, kNoteDescriptor + 8,
          static_cast<uint32_t>(kSites + kSitesSize - (kNoteDescriptor + 8)));
  return image;
}

Image MakeObject() {
  Image image = MakeCommon(ET_REL, 0);
  const Elf64_Rela relocations[] = {
      {0, ELF64_R_INFO(1, R_X86_64_PC32), 0},
      {8, ELF64_R_INFO(2, R_X86_64_PC32), sizeof(kLead)},
  };
  Put(&image, kRelocations, relocations);
  PutSection(&image, kRelocationSection, ".rela__ftrace_sites", SHT_RELA, SHF_INFO_LINK,
             kRelocations, sizeof(relocations), kSymbolSection, kSitesSection, sizeof(Elf64_Rela));
  return image;
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

void Store8(Image* image, size_t offset, uint8_t value) { Put(image, offset, value); }
void Store16(Image* image, size_t offset, uint16_t value) { Put(image, offset, value); }
void Store32(Image* image, size_t offset, uint32_t value) { Put(image, offset, value); }
void Store64(Image* image, size_t offset, uint64_t value) { Put(image, offset, value); }

uint32_t Load32(const Image& image, size_t offset) {
  uint32_t value;
  std::memcpy(&value, image.data() + offset, sizeof(value));
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
