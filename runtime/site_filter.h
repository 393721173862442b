// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which sites a tracer wants: the filter and the notrace list. Globs are resolved to sites when
// they are set; a tracer that was configured from outside keeps its globs for modules loaded later.
#ifndef FTRACE_RUNTIME_SITE_FILTER_H_
#define FTRACE_RUNTIME_SITE_FILTER_H_

#include <cstddef>
#include <cstdint>

#include "runtime/module.h"
#include "runtime/vector.h"

namespace ftrace {

// One bit for each site of a module.
class SiteBits {
 public:
  // All clear. False: no memory.
  bool Reset(size_t sites) {
    words_.Truncate(0);
    return words_.Resize((sites + 63) / 64);
  }
  void Set(size_t i) { words_[i / 64] |= Bit(i); }
  void Clear(size_t i) { words_[i / 64] &= ~Bit(i); }
  bool Test(size_t i) const { return (words_[i / 64] & Bit(i)) != 0; }
  void SetAll(size_t sites) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] = ~uint64_t{0};
    if (sites % 64 != 0) words_[words_.size() - 1] = Bit(sites) - 1;
  }
  size_t word_count() const { return words_.size(); }
  uint64_t word(size_t i) const { return words_[i]; }

 private:
  static uint64_t Bit(size_t i) { return uint64_t{1} << (i % 64); }
  Vector<uint64_t> words_;
};

// One of the two lists. Sites by their number, sorted.
struct SiteList {
  // Something was added once: an empty list now means "nothing", not "no list".
  bool active = false;
  Vector<uint32_t> ids;

  bool Contains(uint32_t id) const;
  bool CopyFrom(const SiteList& other);
  // Sets, or clears, the bits of the module's sites that are listed.
  void Apply(const Module& module, bool set, SiteBits* bits) const;
  // Forgets the numbers [first, first + count).
  void Drop(uint32_t first, uint32_t count);
};

// A glob kept for modules that are loaded later.
struct KeptGlob {
  char* text;
  uint32_t size;
  bool notrace;
};

struct SiteFilter {
  SiteList filter;
  SiteList notrace;
  Vector<KeptGlob> kept;

  // Sets the bits of all sites of `module` that match.
  bool Match(const Module& module, SiteBits* bits) const;
  bool CopyFrom(const SiteFilter& other);
  void Swap(SiteFilter& other);
  void Clear();
};

// The C++ demangler of the program; null if it has none. Looks it up: not under the lock.
using Demangler = char* (*)(const char*, char*, size_t*, int*);
Demangler FindDemangler();

// Adds the sites of `module` (or of every module, if null) whose name the glob matches to the list,
// or removes them with `!`. Returns how many it matched, or -ENOMEM; the list is then unusable.
long ResolveGlob(const char* glob, size_t size, const Module* module, Demangler demangler,
                 SiteList* list);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_SITE_FILTER_H_
