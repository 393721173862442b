// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/site_filter.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "runtime/demangled_name.h"
#include "runtime/glob.h"
#include "runtime/include/ftrace/ftrace.h"
#include "runtime/message.h"

namespace ftrace {
namespace {

// Index of the first id that is not below `id`.
size_t LowerBound(const Vector<uint32_t>& ids, uint32_t id) {
  size_t low = 0;
  size_t high = ids.size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (ids[middle] < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Whether the symbol's name, as linked or demangled, matches.
bool NameMatches(const Glob& glob, const FunctionSymbol& symbol, Demangler demangler) {
  if (glob.Matches(symbol.name, symbol.name_size)) return true;
  if (demangler == nullptr || symbol.name_size < 3 || memcmp(symbol.name, "_Z", 2) != 0) {
    return false;
  }
  int status = 0;
  char* name = demangler(symbol.name, nullptr, nullptr, &status);
  if (name == nullptr) return false;
  const bool matches = GlobMatchesDemangled(glob, name, strlen(name));
  free(name);
  return matches;
}

// Sets the bits of the module's sites that the glob matches.
void MatchSymbols(const SymbolFile& file, const Module& module, const Glob& glob,
                  Demangler demangler, SiteBits* bits) {
  FunctionSymbol symbol;
  for (size_t position = 0; file.Next(&position, &symbol);) {
    if (!NameMatches(glob, symbol, demangler)) continue;
    const size_t i = module.Find(symbol.value + module.bias);
    if (i == kNoSite || module.Entry(i) != symbol.value + module.bias) continue;
    const SiteState* state = module.State(i);
    if (state != nullptr && (state->flags & FTRACE_SITE_DISABLED) != 0) continue;
    bits->Set(i);
  }
}

// Merges the module's bits into (or out of) the list.
long Merge(const Module& module, const SiteBits& bits, bool remove, SiteList* list) {
  Vector<uint32_t> merged;
  long matched = 0;
  const size_t begin = LowerBound(list->ids, module.first_id);
  const size_t end = LowerBound(list->ids, module.first_id + module.site_count);
  for (size_t i = 0; i < begin; ++i) {
    if (!merged.PushBack(list->ids[i])) return -ENOMEM;
  }
  size_t old = begin;
  for (size_t i = 0; i < module.site_count; ++i) {
    const auto id = static_cast<uint32_t>(module.first_id + i);
    const bool was = old < end && list->ids[old] == id;
    if (was) ++old;
    const bool matches = bits.Test(i);
    if (matches) ++matched;
    if ((remove ? was && !matches : was || matches) && !merged.PushBack(id)) return -ENOMEM;
  }
  for (size_t i = end; i < list->ids.size(); ++i) {
    if (!merged.PushBack(list->ids[i])) return -ENOMEM;
  }
  list->ids.Swap(merged);
  return matched;
}

long ResolveInModule(const Glob& glob, bool remove, const Module& module, Demangler demangler,
                     SiteList* list) {
  SymbolFile file;
  const char* path = module.main_program ? "/proc/self/exe" : module.path;
  const char* fault = file.Open(path, module.build_id);
  if (fault != nullptr) {
    if (!module.reported_nameless) {
      Message("%s: %s, so its functions have no names; filters do not match them", module.path,
              fault);
    }
    module.reported_nameless = true;
    return 0;
  }
  SiteBits bits;
  if (!bits.Reset(module.site_count)) return -ENOMEM;
  MatchSymbols(file, module, glob, demangler, &bits);
  return Merge(module, bits, remove, list);
}

}  // namespace

bool SiteList::Contains(uint32_t id) const {
  const size_t i = LowerBound(ids, id);
  return i < ids.size() && ids[i] == id;
}

bool SiteList::CopyFrom(const SiteList& other) {
  active = other.active;
  return ids.CopyFrom(other.ids);
}

void SiteList::Apply(const Module& module, bool set, SiteBits* bits) const {
  for (size_t i = LowerBound(ids, module.first_id);
       i < ids.size() && ids[i] < module.first_id + module.site_count; ++i) {
    if (set) {
      bits->Set(ids[i] - module.first_id);
    } else {
      bits->Clear(ids[i] - module.first_id);
    }
  }
}

void SiteList::Drop(uint32_t first, uint32_t count) {
  const size_t begin = LowerBound(ids, first);
  const size_t end = LowerBound(ids, first + count);
  if (begin == end) return;
  memmove(ids.begin() + begin, ids.begin() + end, (ids.size() - end) * sizeof(uint32_t));
  ids.Truncate(ids.size() - (end - begin));
}

bool SiteFilter::Match(const Module& module, SiteBits* bits) const {
  if (!bits->Reset(module.site_count)) return false;
  if (filter.active) {
    filter.Apply(module, true, bits);
  } else {
    bits->SetAll(module.site_count);
  }
  notrace.Apply(module, false, bits);
  return true;
}

bool SiteFilter::CopyFrom(const SiteFilter& other) {
  Clear();
  if (!filter.CopyFrom(other.filter) || !notrace.CopyFrom(other.notrace)) return false;
  for (const KeptGlob& glob : other.kept) {
    KeptGlob copy = {static_cast<char*>(Allocate(glob.size)), glob.size, glob.notrace};
    if (copy.text == nullptr || !kept.PushBack(copy)) {
      Free(copy.text, copy.size);
      return false;
    }
    memcpy(copy.text, glob.text, glob.size);
  }
  return true;
}

void SiteFilter::Swap(SiteFilter& other) {
  const bool filter_active = filter.active;
  const bool notrace_active = notrace.active;
  filter.active = other.filter.active;
  notrace.active = other.notrace.active;
  other.filter.active = filter_active;
  other.notrace.active = notrace_active;
  filter.ids.Swap(other.filter.ids);
  notrace.ids.Swap(other.notrace.ids);
  kept.Swap(other.kept);
}

void SiteFilter::Clear() {
  filter.active = false;
  notrace.active = false;
  filter.ids.Clear();
  notrace.ids.Clear();
  for (const KeptGlob& glob : kept) Free(glob.text, glob.size);
  kept.Clear();
}

long ResolveGlob(const char* glob, size_t size, const Module* module, Demangler demangler,
                 SiteList* list) {
  const bool remove = size > 0 && glob[0] == '!';
  const Glob matcher(remove ? glob + 1 : glob, remove ? size - 1 : size);
  if (module != nullptr) return ResolveInModule(matcher, remove, *module, demangler, list);
  const ModuleTable* modules = Modules();
  long matched = 0;
  for (size_t i = 0; modules != nullptr && i < modules->count; ++i) {
    const long result = ResolveInModule(matcher, remove, *modules->modules[i], demangler, list);
    if (result < 0) return result;
    matched += result;
  }
  return matched;
}

}  // namespace ftrace
