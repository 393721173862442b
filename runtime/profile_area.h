// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where `ftrace stat` counts: memory that the command makes (a memfd) and every traced process maps
// shared, so the counts outlive the process however it ends. The runtime writes, the command reads.
//
// Every thread counts in tables of its own, one a module, so no counter has two writers and none
// needs a locked instruction. A table has one counter for each eight bytes of the module's text:
// a pad never shares its eight bytes with another pad, so no look-up is needed, and the pages of a
// table that are touched are as many as the pages of text that run.
//
// Everything is appended by atomic additions, so processes that fork and exec need no lock.
#ifndef FTRACE_RUNTIME_PROFILE_AREA_H_
#define FTRACE_RUNTIME_PROFILE_AREA_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace ftrace {

inline constexpr char kProfileMagic[8] = {'f', 't', 'p', 'r', 'o', 'f', '\n', '\0'};
inline constexpr uint32_t kProfileVersion = 1;
inline constexpr uint32_t kMaxProfileModules = 512;
inline constexpr uint32_t kMaxProfileTables = 16384;
inline constexpr size_t kProfilePathSize = 1024;
inline constexpr uint64_t kProfileSlotBytes = 8;  // bytes of text a counter

struct ProfileModule {
  std::atomic<uint32_t> ready;  // 1: the other fields are valid. release; pairs with the reader
  uint32_t pid;
  uint64_t load_bias;   // run-time address minus address in the file's symbols
  uint64_t text_start;  // run-time address of slot 0
  uint64_t slots;
  uint64_t sites;
  char path[kProfilePathSize];
};

struct ProfileTable {
  std::atomic<uint32_t> ready;
  uint32_t module;  // index in modules[]
  uint32_t pid;
  uint32_t tid;
  uint64_t offset;  // of the first counter, from the begin of the area
};

struct ProfileArea {
  char magic[8];
  uint32_t version;
  uint32_t header_size;
  uint64_t size;                    // of the area in bytes; set by the command
  std::atomic<uint64_t> next_free;  // offset
  std::atomic<uint64_t> lost;       // calls not counted because the area was full
  std::atomic<uint64_t> enabled;    // sites that were enabled at start or at a module's load
  std::atomic<uint32_t> processes;  // processes that have attached
  std::atomic<uint32_t> module_count;
  std::atomic<uint32_t> table_count;
  uint32_t reserved;
  ProfileModule modules[kMaxProfileModules];
  ProfileTable tables[kMaxProfileTables];
};

static_assert(std::atomic<uint64_t>::is_always_lock_free);
static_assert(sizeof(std::atomic<uint64_t>) == 8 && sizeof(std::atomic<uint32_t>) == 4);
static_assert(offsetof(ProfileArea, next_free) == 24, "two builds share this memory");
static_assert(offsetof(ProfileArea, modules) == 64, "two builds share this memory");
static_assert(sizeof(ProfileModule) == 40 + kProfilePathSize);
static_assert(sizeof(ProfileTable) == 24);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_PROFILE_AREA_H_
