// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The reading half of <ftrace/ftrace.h>: which sites there are.
#include <cstdlib>
#include <cstring>

#include "runtime/include/ftrace/ftrace.h"
#include "runtime/initialize.h"
#include "runtime/lock.h"
#include "runtime/module.h"
#include "runtime/tracer_set.h"
#include "runtime/vector.h"

namespace ftrace {
namespace {

// The names of a module's sites; all null where there is no memory or no symbols.
class SiteNames {
 public:
  explicit SiteNames(const Module& module) {
    const char* path = module.main_program ? "/proc/self/exe" : module.path;
    if (file_.Open(path, module.build_id) != nullptr) return;
    if (!names_.Resize(module.site_count)) return;
    FunctionSymbol symbol;
    for (size_t position = 0; file_.Next(&position, &symbol);) {
      const size_t i = module.Find(symbol.value + module.bias);
      if (i != kNoSite && module.Entry(i) == symbol.value + module.bias && names_[i] == nullptr) {
        names_[i] = symbol.name;
      }
    }
  }
  const char* operator[](size_t i) const { return i < names_.size() ? names_[i] : nullptr; }

 private:
  SymbolFile file_;
  Vector<const char*> names_;
};

int ForEachSiteOf(const Module& module, int (*fn)(const ftrace_site_info*, void*), void* arg) {
  const SiteNames names(module);
  for (size_t i = 0; i < module.site_count; ++i) {
    const SiteState* state = module.State(i);
    const TracerSet* set = state != nullptr ? state->set.load(std::memory_order_relaxed) : nullptr;
    ftrace_site_info info = {};
    info.size = sizeof(info);
    info.state = state != nullptr ? state->flags : 0;
    info.ip = module.Pad(i);
    info.func = module.Entry(i);
    info.name = names[i];
    info.module = module.path;
    info.ops = set != nullptr ? set->count : 0;
    info.facts = module.sites[i].facts;
    if (const int result = fn(&info, arg)) return result;
  }
  return 0;
}

}  // namespace
}  // namespace ftrace

unsigned long ftrace_location(unsigned long ip) {
  ftrace::Initialize();
  const ftrace::ApiLock lock;
  const ftrace::Module* module = ftrace::FindModule(ip);
  if (module == nullptr) return 0;
  const size_t i = module->Find(ip);
  return i != ftrace::kNoSite ? module->Pad(i) : 0;
}

unsigned long ftrace_site_count(void) {
  ftrace::Initialize();
  const ftrace::ApiLock lock;
  const ftrace::ModuleTable* modules = ftrace::Modules();
  unsigned long count = 0;
  for (size_t i = 0; modules != nullptr && i < modules->count; ++i) {
    count += modules->modules[i]->site_count;
  }
  return count;
}

int ftrace_for_each_site(int (*fn)(const ftrace_site_info* info, void* arg), void* arg) {
  ftrace::Initialize();
  const ftrace::ApiLock lock;
  const ftrace::ModuleTable* modules = ftrace::Modules();
  for (size_t i = 0; modules != nullptr && i < modules->count; ++i) {
    if (const int result = ftrace::ForEachSiteOf(*modules->modules[i], fn, arg)) return result;
  }
  return 0;
}
