// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/profile.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace ftrace {
namespace {

constexpr uint64_t kPageSize = 4096;
constexpr size_t kChunkCounters = 8192;
// Descriptors that a command inherits get a number near the usual limit of 1024.
constexpr int kHighDescriptor = 900;

Error SystemError(const char* what) {
  return Error{fmt::format("{}: {}: raise the limit of memory or open files, or give a smaller -b",
                           what, std::strerror(errno))};
}

// What a process has said of a module, copied and found to make sense.
struct ModuleEntry {
  std::string path;
  uint64_t first_address;  // of slot 0, in the file
  uint64_t slots;
  uint64_t sites;
};

std::optional<ModuleEntry> ReadModule(const ProfileModule& module) {
  // Pairs with the release store of a process that has filled the entry.
  if (module.ready.load(std::memory_order_acquire) != 1) return std::nullopt;
  const size_t length = strnlen(module.path, kProfilePathSize);
  if (length == 0 || length == kProfilePathSize) return std::nullopt;
  return ModuleEntry{std::string(module.path, length), module.text_start - module.load_bias,
                     module.slots, module.sites};
}

}  // namespace

uint64_t ModuleCounts::Take(uint64_t pad) {
  auto it = calls.upper_bound(pad);
  if (it == calls.begin()) return 0;
  --it;
  if (pad - it->first >= kProfileSlotBytes) return 0;
  const uint64_t count = it->second;
  calls.erase(it);
  return count;
}

Result<ProfileMemory> ProfileMemory::Create(uint64_t size) {
  if (size < kMinSize) {
    return Error{fmt::format("-b {}: too small, at least {} bytes", size, kMinSize)};
  }
  const int fd = memfd_create("ftrace-stat", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) return SystemError("memfd_create");
  ProfileMemory memory(fd, size, nullptr);
  if (ftruncate(fd, static_cast<off_t>(size)) != 0) return SystemError("ftruncate");
  // Nobody who inherits the descriptor can take the memory away under us.
  if (fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    return SystemError("F_ADD_SEALS");
  }
  void* address = mmap(nullptr, sizeof(ProfileArea), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (address == MAP_FAILED) return SystemError("mmap");
  // Fresh memory is zero, which is what every other member starts with.
  memory.area_ = static_cast<ProfileArea*>(address);
  std::copy(std::begin(kProfileMagic), std::end(kProfileMagic), memory.area_->magic);
  memory.area_->version = kProfileVersion;
  memory.area_->header_size = sizeof(ProfileArea);
  memory.area_->size = size;
  // Relaxed: the processes that read it are started later.
  memory.area_->next_free.store((sizeof(ProfileArea) + kPageSize - 1) / kPageSize * kPageSize,
                                std::memory_order_relaxed);
  return memory;
}

ProfileMemory::ProfileMemory(ProfileMemory&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      size_(other.size_),
      area_(std::exchange(other.area_, nullptr)) {}

ProfileMemory::~ProfileMemory() {
  if (area_ != nullptr) munmap(area_, sizeof(ProfileArea));
  if (fd_ >= 0) close(fd_);
}

Result<int> ProfileMemory::DuplicateForCommand() const {
  rlimit limit{};
  int lowest = kHighDescriptor;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur <= kHighDescriptor) {
    lowest = static_cast<int>(limit.rlim_cur / 2);
  }
  const int fd = fcntl(fd_, F_DUPFD, lowest);
  if (fd < 0) return SystemError("F_DUPFD");
  return fd;
}

Profile ProfileMemory::Read() const {
  Profile profile;
  // Relaxed: the processes have ended, or count on.
  profile.lost = area_->lost.load(std::memory_order_relaxed);
  profile.enabled = area_->enabled.load(std::memory_order_relaxed);
  profile.processes = area_->processes.load(std::memory_order_relaxed);
  std::vector<std::optional<ModuleEntry>> entries;
  std::map<std::string, ModuleCounts> modules;
  for (const ProfileModule& module : area_->modules) {
    entries.push_back(ReadModule(module));
    if (entries.back()) {
      profile.sites += entries.back()->sites;
      modules[entries.back()->path].path = entries.back()->path;
    } else if (module.ready.load(std::memory_order_relaxed) != 0) {
      ++profile.damaged;
    }
  }
  for (const ProfileTable& table : area_->tables) {
    // Pairs with the release store of a process that has filled the entry.
    const uint32_t ready = table.ready.load(std::memory_order_acquire);
    if (ready == 0) continue;
    const uint32_t index = table.module;
    if (ready != 1 || index >= kMaxProfileModules || !entries[index] ||
        !AddTable(table.offset, entries[index]->slots, entries[index]->first_address,
                  &modules[entries[index]->path])) {
      ++profile.damaged;
    }
  }
  for (auto& [path, counts] : modules) profile.modules.push_back(std::move(counts));
  return profile;
}

// Reads the file, not a mapping: looking at a mapped hole would fill it.
bool ProfileMemory::AddTable(uint64_t offset, uint64_t slots, uint64_t first_address,
                             ModuleCounts* counts) const {
  if (offset % sizeof(uint64_t) != 0 || offset < sizeof(ProfileArea) || offset > size_)
    return false;
  if (slots > (size_ - offset) / sizeof(uint64_t)) return false;
  const uint64_t end = offset + slots * sizeof(uint64_t);
  std::vector<uint64_t> counters(kChunkCounters);
  for (uint64_t at = offset; at < end;) {
    const off_t data = lseek(fd_, static_cast<off_t>(at), SEEK_DATA);
    if (data < 0) return errno == ENXIO;  // nothing but holes up to the end
    at = std::max(at, static_cast<uint64_t>(data) / sizeof(uint64_t) * sizeof(uint64_t));
    if (at >= end) break;
    const uint64_t wanted = std::min(end - at, kChunkCounters * sizeof(uint64_t));
    const ssize_t got = pread(fd_, counters.data(), wanted, static_cast<off_t>(at));
    if (got < static_cast<ssize_t>(sizeof(uint64_t))) return false;
    const auto count = static_cast<uint64_t>(got) / sizeof(uint64_t);
    for (uint64_t i = 0; i < count; ++i) {
      if (counters[i] == 0) continue;
      const uint64_t slot = (at - offset) / sizeof(uint64_t) + i;
      counts->calls[first_address + slot * kProfileSlotBytes] += counters[i];
    }
    at += count * sizeof(uint64_t);
  }
  return true;
}

}  // namespace ftrace
