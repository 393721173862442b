// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The command's side of runtime/profile_area.h: makes the memory, and reads what the traced
// processes have left in it. They may have left anything.
#ifndef FTRACE_TOOLS_FTRACE_PROFILE_H_
#define FTRACE_TOOLS_FTRACE_PROFILE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runtime/profile_area.h"
#include "tools/ftrace/result.h"

namespace ftrace {

// Calls of one file's functions, summed over all processes and threads.
struct ModuleCounts {
  std::string path;
  // By the address that the file's symbols have, of the first of the kProfileSlotBytes bytes.
  std::map<uint64_t, uint64_t> calls;

  // Of the function whose pad is there. Takes the count away, so that what is left belongs to
  // nobody.
  uint64_t Take(uint64_t pad);
};

struct Profile {
  std::vector<ModuleCounts> modules;  // sorted by path
  uint64_t sites = 0;                 // of all processes together, like the next
  uint64_t enabled = 0;
  uint64_t lost = 0;
  uint32_t processes = 0;
  size_t damaged = 0;  // entries that make no sense
};

class ProfileMemory {
 public:
  // The least size that is of use.
  static constexpr uint64_t kMinSize = uint64_t{4} << 20;

  static Result<ProfileMemory> Create(uint64_t size);

  ProfileMemory(ProfileMemory&& other) noexcept;
  ProfileMemory& operator=(ProfileMemory&&) = delete;
  ~ProfileMemory();

  int fd() const { return fd_; }
  // The begin of the memory; tables lie behind it and are not mapped here.
  ProfileArea* area() const { return area_; }
  // A second descriptor that a command inherits, out of the way of the numbers scripts like.
  Result<int> DuplicateForCommand() const;

  Profile Read() const;

 private:
  ProfileMemory(int fd, uint64_t size, ProfileArea* area) : fd_(fd), size_(size), area_(area) {}
  bool AddTable(uint64_t offset, uint64_t slots, uint64_t first_address,
                ModuleCounts* counts) const;

  int fd_;
  uint64_t size_;
  ProfileArea* area_;
};

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_PROFILE_H_
