// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From a path to ELF files: the file itself, or the members of an archive.
#include <ar.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tools/ftrace/elf_file.h"

namespace ftrace {
namespace {

constexpr std::string_view kWanted = "give an object, archive, library or program";
constexpr std::string_view kArchiveMagic = "!<arch>\n";
constexpr std::string_view kThinMagic = "!<thin>\n";

// Whether a member of an archive is its own: symbol index or long names.
bool IsIndex(std::string_view name) {
  return name == "/" || name == "//" || name == "/SYM64/" || name.starts_with("__.SYMDEF");
}

// The first bytes of a file or member; empty if they cannot be read.
std::string ReadMagic(int fd, int64_t offset) {
  char magic[kArchiveMagic.size()];
  const ssize_t got = pread(fd, magic, sizeof(magic), offset);
  return {magic, got < 0 ? 0 : static_cast<size_t>(got)};
}

// Plain or in a wrapper.
bool IsBitcode(const std::string& begin) {
  return begin.starts_with("BC\xc0\xde") || begin.starts_with("\xde\xc0\x17\x0b");
}

// The size that the header of a member states; libelf cuts it to what is there.
uint64_t StatedSize(int fd, int64_t member) {
  ar_hdr header;
  if (pread(fd, &header, sizeof(header), member - static_cast<int64_t>(sizeof(header))) !=
      static_cast<ssize_t>(sizeof(header))) {
    return UINT64_MAX;
  }
  uint64_t size = 0;
  for (const char digit : header.ar_size) {
    if (digit < '0' || digit > '9') break;
    size = size * 10 + static_cast<uint64_t>(digit - '0');
  }
  return size;
}

}  // namespace

struct ElfHandle {
  ElfHandle(int file, Elf* elf) : fd(file), archive(elf) {}
  ElfHandle(const ElfHandle&) = delete;
  ElfHandle& operator=(const ElfHandle&) = delete;
  ~ElfHandle() {
    if (archive != nullptr) elf_end(archive);
    close(fd);
  }

  int fd;
  Elf* archive;  // null for a file that is none
};

Result<std::vector<ElfFile>> ElfFile::Open(const std::string& path,
                                           std::vector<SkippedFile>* skipped) {
  const auto fail = [&path](std::string_view what, std::string_view what_to_do) {
    return Error{fmt::format("{}: {}: {}", path, what, what_to_do)};
  };
  // A FIFO without a writer would block.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return fail(std::strerror(errno), "cannot be read, check path and permissions");
  const auto handle = std::make_shared<ElfHandle>(fd, nullptr);
  struct stat status;
  if (fstat(fd, &status) != 0) return fail(std::strerror(errno), kWanted);
  if (S_ISDIR(status.st_mode)) return fail("is a directory", kWanted);
  if (!S_ISREG(status.st_mode)) return fail("is no regular file", kWanted);
  if (status.st_size == 0) return fail("is empty", kWanted);
  const std::string begin = ReadMagic(fd, 0);
  if (begin.empty()) return fail(std::strerror(errno), "cannot be read");
  if (begin == kThinMagic) return fail("is a thin archive", "give the files it names");
  if (IsBitcode(begin)) {
    skipped->push_back({path, true});
    return std::vector<ElfFile>();
  }
  if (begin != kArchiveMagic && !begin.starts_with(ELFMAG)) {
    return fail("is no ELF file", kWanted);
  }

  elf_version(EV_CURRENT);
  Elf* elf = elf_begin(fd, ELF_C_READ, nullptr);
  if (elf == nullptr) return fail(elf_errmsg(-1), "the file is damaged or cut short");
  const auto size = static_cast<uint64_t>(status.st_size);
  if (elf_kind(elf) == ELF_K_AR) {
    handle->archive = elf;
    return OpenArchive(path, size, handle, skipped);
  }
  ElfFile file(path, size, handle, elf);
  if (elf_kind(elf) != ELF_K_ELF) {
    return fail("no complete ELF header", "the file is damaged or cut short, build it again");
  }
  Result<ElfFile> parsed = Parse(std::move(file));
  if (!parsed) return Error{parsed.error()};
  std::vector<ElfFile> files;
  files.push_back(std::move(*parsed));
  return files;
}

Result<std::vector<ElfFile>> ElfFile::OpenArchive(const std::string& path, uint64_t size,
                                                  const std::shared_ptr<ElfHandle>& archive,
                                                  std::vector<SkippedFile>* skipped) {
  std::vector<ElfFile> files;
  uint64_t end = kArchiveMagic.size();  // of the last member
  Elf_Cmd command = ELF_C_READ;
  while (Elf* elf = elf_begin(archive->fd, command, archive->archive)) {
    const Elf_Arhdr* header = elf_getarhdr(elf);
    const int64_t base = elf_getbase(elf);
    if (header == nullptr || header->ar_name == nullptr || base < 0) {
      elf_end(elf);
      break;
    }
    const std::string name = header->ar_name;
    const auto member_size = static_cast<uint64_t>(header->ar_size);
    if (StatedSize(archive->fd, base) != member_size) {
      elf_end(elf);
      return Error{fmt::format("{}({}): the archive is cut short, build it again", path, name)};
    }
    ElfFile file(fmt::format("{}({})", path, name), member_size, archive, elf);
    end = static_cast<uint64_t>(base) + member_size;
    command = elf_next(elf);
    if (IsIndex(name)) continue;
    if (elf_kind(elf) != ELF_K_ELF) {
      skipped->push_back({file.name(), IsBitcode(ReadMagic(archive->fd, base))});
      continue;
    }
    Result<ElfFile> parsed = Parse(std::move(file));
    if (!parsed) return Error{parsed.error()};
    files.push_back(std::move(*parsed));
  }
  // libelf ends at the first header it cannot read and does not say so. A byte may pad the end.
  if (end < size && size - end > 1) {
    return Error{
        fmt::format("{}: no member header at offset {:#x}: the archive is damaged", path, end)};
  }
  return files;
}

}  // namespace ftrace
