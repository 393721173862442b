// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/symbol_file.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ftrace {
namespace {

using Ehdr = ElfW(Ehdr);
using Shdr = ElfW(Shdr);
using Sym = ElfW(Sym);

constexpr int kElfClass = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;

bool Equal(Bytes a, Bytes b) { return a.size == b.size && memcmp(a.data, b.data, a.size) == 0; }

// Maps the whole file; empty if it cannot.
Bytes MapFile(const char* path) {
  const int saved = errno;
  Bytes file;
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  struct stat status = {};
  if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    const auto size = static_cast<size_t>(status.st_size);
    void* memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (memory != MAP_FAILED) file = {static_cast<const uint8_t*>(memory), size};
  }
  if (fd >= 0) close(fd);
  errno = saved;
  return file;
}

}  // namespace

SymbolFile::~SymbolFile() {
  if (file_.data != nullptr) munmap(const_cast<uint8_t*>(file_.data), file_.size);
}

Bytes SymbolFile::Section(uint64_t offset, uint64_t size) const {
  if (offset > file_.size || size > file_.size - offset) return {};
  return {file_.data + offset, static_cast<size_t>(size)};
}

const char* SymbolFile::Open(const char* path, Bytes build_id) {
  file_ = MapFile(path);
  if (file_.data == nullptr) return "the file cannot be read";
  if (file_.size < sizeof(Ehdr) || memcmp(file_.data, ELFMAG, SELFMAG) != 0 ||
      file_.data[EI_CLASS] != kElfClass) {
    return "the file is not an ELF file of this machine";
  }
  return ReadSections(build_id);
}

const char* SymbolFile::ReadSections(Bytes build_id) {
  Ehdr header;
  memcpy(&header, file_.data, sizeof(header));
  const Bytes table = Section(header.e_shoff, uint64_t{header.e_shnum} * sizeof(Shdr));
  if (header.e_shentsize != sizeof(Shdr) || table.size == 0) return "the file has no section table";
  const auto section = [&](size_t i) {
    Shdr result;
    memcpy(&result, table.data + i * sizeof(Shdr), sizeof(Shdr));
    return result;
  };
  Bytes file_id;
  unsigned best = SHT_NULL;
  for (size_t i = 0; i < header.e_shnum; ++i) {
    const Shdr shdr = section(i);
    if (shdr.sh_type == SHT_NOTE && file_id.size == 0) {
      file_id = FindBuildId(Section(shdr.sh_offset, shdr.sh_size));
    }
    if (shdr.sh_type != SHT_SYMTAB && (shdr.sh_type != SHT_DYNSYM || best == SHT_SYMTAB)) continue;
    if (shdr.sh_link >= header.e_shnum) continue;
    const Shdr strings = section(shdr.sh_link);
    if (strings.sh_type != SHT_STRTAB) continue;
    best = shdr.sh_type;
    symbols_ = Section(shdr.sh_offset, shdr.sh_size);
    strings_ = Section(strings.sh_offset, strings.sh_size);
  }
  if (build_id.size != 0 && file_id.size != 0 && !Equal(build_id, file_id)) {
    symbols_ = {};
    return "the file on disk is not the one that runs (another build-id)";
  }
  return symbols_.size < sizeof(Sym) ? "the file has no symbols" : nullptr;
}

bool SymbolFile::Next(size_t* position, FunctionSymbol* symbol) const {
  for (; (*position + 1) * sizeof(Sym) <= symbols_.size; ++*position) {
    Sym sym;
    memcpy(&sym, symbols_.data + *position * sizeof(Sym), sizeof(Sym));
    if (ELF64_ST_TYPE(sym.st_info) != STT_FUNC || sym.st_shndx == SHN_UNDEF) continue;
    if (sym.st_name >= strings_.size) continue;
    const char* name = reinterpret_cast<const char*>(strings_.data) + sym.st_name;
    const size_t room = strings_.size - sym.st_name;
    const size_t size = strnlen(name, room);
    if (size == 0 || size == room) continue;  // no name, or no end
    *symbol = {sym.st_value, name, size};
    ++*position;
    return true;
  }
  return false;
}

bool NextNote(Bytes notes, size_t* position, Note* note) {
  struct {
    uint32_t name_size, descriptor_size, type;
  } header;
  if (*position > notes.size || notes.size - *position < sizeof(header)) return false;
  memcpy(&header, notes.data + *position, sizeof(header));
  const size_t rest = notes.size - *position - sizeof(header);
  const size_t name_room = (size_t{header.name_size} + 3) & ~size_t{3};
  if (name_room > rest || header.descriptor_size > rest - name_room) return false;
  const uint8_t* name = notes.data + *position + sizeof(header);
  *note = {header.type, {name, header.name_size}, {name + name_room, header.descriptor_size}};
  *position += sizeof(header) + name_room + ((size_t{header.descriptor_size} + 3) & ~size_t{3});
  return true;
}

Bytes FindBuildId(Bytes notes) {
  Note note;
  for (size_t position = 0; NextNote(notes, &position, &note);) {
    if (note.type == NT_GNU_BUILD_ID && note.owner.size == sizeof(ELF_NOTE_GNU) &&
        memcmp(note.owner.data, ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU)) == 0) {
      return note.descriptor;
    }
  }
  return {};
}

}  // namespace ftrace
