// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/module_scan.h"

#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/vector.h"

namespace ftrace {
namespace {

// The notes of modules that were looked at, good or bad. Made on first use and never destroyed, so
// that nothing runs at exit. Under the lock.
Vector<const void*>* seen_notes;

// False: no memory, or seen before.
bool SeenFirstTime(const void* note) {
  const ApiLock lock;
  if (seen_notes == nullptr) seen_notes = New<Vector<const void*>>();
  if (seen_notes == nullptr) return false;
  for (const void* seen : *seen_notes) {
    if (seen == note) return false;
  }
  return seen_notes->PushBack(note);
}

struct Scan {
  const void* only;
  void (*found)(const ModuleDescription& description, void* data);
  void* data;
  bool first;  // dl_iterate_phdr() reports the program first
};

void SetPath(ModuleDescription* description, const char* name) {
  const size_t room = sizeof(description->path) - 1;
  if (name != nullptr && name[0] != '\0') {
    strncpy(description->path, name, room);
    return;
  }
  const int saved = errno;
  const ssize_t size = readlink("/proc/self/exe", description->path, room);
  errno = saved;
  if (size <= 0) strcpy(description->path, "/proc/self/exe");
}

int Protection(const ElfW(Phdr) & segment) {
  return ((segment.p_flags & PF_R) != 0 ? PROT_READ : 0) |
         ((segment.p_flags & PF_W) != 0 ? PROT_WRITE : 0) |
         ((segment.p_flags & PF_X) != 0 ? PROT_EXEC : 0);
}

bool IsInModule(const dl_phdr_info& info, uint64_t begin, uint64_t end) {
  for (unsigned i = 0; i < info.dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info.dlpi_phdr[i];
    const uint64_t start = info.dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_LOAD && begin >= start && end <= start + segment.p_memsz) return true;
  }
  return false;
}

// Fills in start and stop. False with a line on stderr where the note cannot be used.
bool ReadSitesNote(const dl_phdr_info& info, const Note& note, ModuleDescription* description) {
  ftrace_note_sites sites = {};
  if (note.descriptor.size >= sizeof(sites.version)) {
    memcpy(&sites.version, note.descriptor.data, sizeof(sites.version));
  }
  if (sites.version != FTRACE_ABI_VERSION || note.descriptor.size != sizeof(sites)) {
    Message(
        "%s: its site records have version %u, this runtime knows %d; its functions cannot be "
        "traced; rebuild it with the plugin of this version",
        description->path, sites.version, FTRACE_ABI_VERSION);
    return false;
  }
  memcpy(&sites, note.descriptor.data, sizeof(sites));
  const auto address = reinterpret_cast<uint64_t>(note.descriptor.data);
  const auto relative = [&](size_t field, int32_t distance) {
    return address + field + static_cast<uint64_t>(int64_t{distance});
  };
  description->start = relative(offsetof(ftrace_note_sites, start), sites.start);
  description->stop = relative(offsetof(ftrace_note_sites, stop), sites.stop);
  const uint64_t bytes = description->stop - description->start;
  if (description->start > description->stop || bytes % FTRACE_SITE_SIZE != 0 ||
      !IsInModule(info, description->start, description->stop)) {
    Message(
        "%s: its note points to a table of sites outside the file; its functions cannot be "
        "traced; see `ftrace check`",
        description->path);
    return false;
  }
  return true;
}

bool IsSitesNote(const Note& note) {
  return note.type == FTRACE_NOTE_SITES && note.owner.size == FTRACE_NOTE_OWNER_SIZE &&
         memcmp(note.owner.data, FTRACE_NOTE_OWNER, FTRACE_NOTE_OWNER_SIZE) == 0;
}

// Looks at the notes and the segments. False: nothing to trace.
bool Describe(const dl_phdr_info& info, ModuleDescription* description) {
  bool usable = true;
  for (unsigned i = 0; i < info.dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info.dlpi_phdr[i];
    const uint64_t start = info.dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0 &&
        description->segment_count < kMaxTextSegments) {
      description->segments[description->segment_count++] = {{start, start + segment.p_memsz},
                                                             Protection(segment)};
    }
    if (segment.p_type != PT_NOTE) continue;
    const Bytes notes = {reinterpret_cast<const uint8_t*>(start), segment.p_memsz};
    Note note;
    for (size_t position = 0; NextNote(notes, &position, &note);) {
      if (!IsSitesNote(note)) continue;
      if (description->note == nullptr) {
        constexpr size_t kHeader = 12 + ((FTRACE_NOTE_OWNER_SIZE + 3) & ~3);
        description->note = note.descriptor.data - kHeader;
        if (!SeenFirstTime(description->note)) return false;
      }
      usable = ReadSitesNote(info, note, description) && usable;
    }
    if (description->build_id.size == 0) description->build_id = FindBuildId(notes);
  }
  return usable && description->note != nullptr && description->start != description->stop &&
         description->segment_count != 0;
}

int Visit(dl_phdr_info* info, size_t /*size*/, void* data) {
  auto* scan = static_cast<Scan*>(data);
  ModuleDescription description = {};
  description.main_program = scan->first;
  description.bias = info->dlpi_addr;
  scan->first = false;
  SetPath(&description, info->dlpi_name);
  if (scan->only != nullptr) {
    const auto note = reinterpret_cast<uint64_t>(scan->only);
    if (!IsInModule(*info, note, note + 1)) return 0;
  }
  if (Describe(*info, &description)) scan->found(description, scan->data);
  return scan->only != nullptr ? 1 : 0;
}

}  // namespace

void ForgetScannedNote(const void* note) {
  const ApiLock lock;
  for (size_t i = 0; seen_notes != nullptr && i < seen_notes->size(); ++i) {
    if ((*seen_notes)[i] != note) continue;
    seen_notes->Erase(i);
    return;
  }
}

void ScanModules(const void* note, void (*found)(const ModuleDescription& description, void* data),
                 void* data) {
  Scan scan = {note, found, data, true};
  dl_iterate_phdr(Visit, &scan);
}

}  // namespace ftrace
