// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The program and its libraries: where their sites are, and what is known of a site that has been
// enabled. Records are read in place; a site that was never touched has no memory of its own.
#ifndef FTRACE_RUNTIME_MODULE_H_
#define FTRACE_RUNTIME_MODULE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "arch/target.h"
#include "runtime/symbol_file.h"
#include "runtime/vector.h"

namespace ftrace {

struct TracerSet;
struct CodeRegion;

struct SiteState {
  // The tracers that want this site; null: none. The update stores (release), the walker of a
  // thread inside its bracket loads (acquire) and may use the set until it leaves.
  std::atomic<TracerSet*> set;
  uint8_t* stub;   // what the pad calls now; null: the compiler's bytes
  uint32_t flags;  // FTRACE_SITE_*
};

// One executable segment.
struct TextSegment {
  arch::AddressRange range;
  int protection;
};

inline constexpr uint32_t kSitesPerBlock = 128;
inline constexpr size_t kMaxTextSegments = 8;
inline constexpr size_t kNoSite = ~size_t{0};

struct Module {
  const void* note;  // identifies the module
  const ftrace_site* sites;
  uint64_t anchor;  // pad(i) = anchor + i * stride + sites[i].pad
  uint32_t stride;  // 8: records in place; 0: a sorted copy, relative to the text
  uint32_t site_count;
  uint32_t first_id;  // sites of all modules are numbered; this module's begin here
  bool main_program;
  uint64_t bias;
  arch::AddressRange text;  // all segments with sites
  TextSegment segments[kMaxTextSegments];
  size_t segment_count;
  CodeRegion* region;  // null until something is enabled
  // Blocks of kSitesPerBlock states, made when a site of theirs is enabled for the first time.
  std::atomic<SiteState*>* blocks;
  Bytes build_id;
  mutable bool reported_nameless;
  char path[1024];

  uint64_t Pad(size_t i) const {
    return anchor + i * stride + static_cast<uint64_t>(int64_t{sites[i].pad});
  }
  uint64_t Entry(size_t i) const { return Pad(i) - ftrace_site_lead(sites[i].facts); }
  // The site whose pad or function entry is `address`, or whose pad contains it; kNoSite if none.
  size_t Find(uint64_t address) const;
  // Null if the site was never touched.
  SiteState* State(size_t i) const;
  // Makes the state; null: no memory.
  SiteState* TouchState(size_t i);
};

// Sorted by text. Readers inside a bracket use a table until they leave it.
struct ModuleTable {
  size_t count;
  Module* modules[1];
};

const ModuleTable* Modules();
Module* FindModuleByNote(const void* note);
// The module whose text contains the address; null if none.
Module* FindModule(uint64_t address);

// ---- Under the lock --------------------------------------------------------------------------

// What dl_iterate_phdr says of one module with sites; collected outside the lock.
struct ModuleDescription {
  const void* note;
  uint64_t start;  // of the records
  uint64_t stop;
  uint64_t bias;
  bool main_program;
  TextSegment segments[kMaxTextSegments];
  size_t segment_count;
  Bytes build_id;
  char path[1024];
};

// Checks the records, numbers the sites and publishes the module. Null: refused (one line on stderr
// says why) or no memory (`*error` -ENOMEM).
Module* AddModule(const ModuleDescription& description, int* error);
// Unpublishes it. True: after WaitForWalkers() call FreeModule().
bool RemoveModule(Module* module);
void FreeModule(Module* module);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_MODULE_H_
