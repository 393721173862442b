// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/tracer.h"

#include <cerrno>

#include "runtime/message.h"
#include "runtime/update.h"

namespace ftrace {
namespace {

Tracer* tracers;
uint64_t last_id;

// One update over all modules, from what `old_filter` matches to what `new_filter` does; null
// matches nothing.
int Change(const SetMember& member, const SiteFilter* old_filter, const SiteFilter* new_filter,
           GarbageList* garbage) {
  Update update;
  SiteBits drop;
  SiteBits add;
  const ModuleTable* modules = Modules();
  for (size_t i = 0; modules != nullptr && i < modules->count; ++i) {
    Module* module = modules->modules[i];
    if (old_filter != nullptr && !old_filter->Match(*module, &drop)) return -ENOMEM;
    if (new_filter != nullptr && !new_filter->Match(*module, &add)) return -ENOMEM;
    if (const int error = update.Plan(module, member, old_filter != nullptr ? &drop : nullptr,
                                      new_filter != nullptr ? &add : nullptr)) {
      return error;
    }
  }
  const int error = update.Apply();
  update.garbage()->MoveAllTo(garbage);
  return error;
}

// After a mismatch pads stay, but no stub leads to a tracer; what is left is to forget this one.
void DetachDead(uint64_t id) {
  const ModuleTable* modules = Modules();
  for (size_t m = 0; modules != nullptr && m < modules->count; ++m) {
    for (size_t i = 0; i < modules->modules[m]->site_count; ++i) {
      SiteState* state = modules->modules[m]->State(i);
      if (state == nullptr) continue;
      // release, as in Update::Commit(); the walker then finds nothing.
      if (SetContains(state->set.load(std::memory_order_relaxed), id)) {
        state->set.store(nullptr, std::memory_order_release);
      }
    }
  }
}

// Takes the silent member out of all sites.
int RemoveLeftover(uint64_t id, GarbageList* garbage) {
  Update update;
  SiteBits drop;
  const SetMember member = {id, {}, 0};
  const ModuleTable* modules = Modules();
  for (size_t m = 0; modules != nullptr && m < modules->count; ++m) {
    Module* module = modules->modules[m];
    if (!drop.Reset(module->site_count)) return -ENOMEM;
    for (size_t i = 0; i < module->site_count; ++i) {
      const SiteState* state = module->State(i);
      if (state != nullptr && SetContains(state->set.load(std::memory_order_relaxed), id)) {
        drop.Set(i);
      }
    }
    if (const int error = update.Plan(module, member, &drop, nullptr)) return error;
  }
  const int error = update.Apply();
  update.garbage()->MoveAllTo(garbage);
  return error;
}

int ApplyKeptGlobs(Tracer* tracer, const Module& module, Demangler demangler) {
  for (const KeptGlob& glob : tracer->filter.kept) {
    SiteList* list = glob.notrace ? &tracer->filter.notrace : &tracer->filter.filter;
    if (ResolveGlob(glob.text, glob.size, &module, demangler, list) < 0) return -ENOMEM;
  }
  return 0;
}

}  // namespace

Tracer* FirstTracer() { return tracers; }

Tracer* FindTracer(const ftrace_ops* ops) {
  for (Tracer* tracer = tracers; tracer != nullptr; tracer = tracer->next) {
    if (tracer->ops == ops) return tracer;
  }
  return nullptr;
}

Tracer* GetTracer(ftrace_ops* ops) {
  Tracer* tracer = FindTracer(ops);
  if (tracer != nullptr) return tracer;
  tracer = New<Tracer>();
  if (tracer == nullptr) return nullptr;
  tracer->ops = ops;
  tracer->next = tracers;
  tracers = tracer;
  return tracer;
}

void FreeTracer(Tracer* tracer) {
  Tracer** link = &tracers;
  while (*link != tracer) link = &(*link)->next;
  *link = tracer->next;
  tracer->filter.Clear();
  Delete(tracer);
}

void FreeIfUnused(Tracer* tracer) {
  const SiteFilter& filter = tracer->filter;
  if (tracer->registration != Registration::kNone || tracer->leftover != 0) return;
  if (!filter.filter.active && !filter.notrace.active && filter.kept.empty()) FreeTracer(tracer);
}

int StartTracer(Tracer* tracer) {
  if (tracer->leftover != 0) return -ENOMEM;  // RemoveLeftovers() has just found none
  tracer->member = {++last_id, {tracer->ops->func, tracer->ops}, tracer->ops->flags};
  GarbageList garbage;
  const int error = Change(tracer->member, nullptr, &tracer->filter, &garbage);
  if (error == 0) {
    tracer->registration = Registration::kRegistered;
  } else {
    ForgetSets(tracer->member.id, &garbage);
  }
  FreeLater(&garbage);
  return error;
}

int StopTracer(Tracer* tracer, GarbageList* garbage) {
  const int error = Change(tracer->member, &tracer->filter, nullptr, garbage);
  if (error == -ENOMEM) {
    if (const int denied = SilenceMember(tracer->member.id, garbage)) return denied;
    tracer->leftover = tracer->member.id;
    tracer->registration = Registration::kRemoving;
    return 0;
  }
  if (error != 0 && error != -ENODEV) return error;
  if (error == -ENODEV) DetachDead(tracer->member.id);
  ForgetSets(tracer->member.id, garbage);
  tracer->registration = Registration::kRemoving;
  return error;
}

void RemoveLeftovers() {
  for (Tracer* tracer = tracers; tracer != nullptr;) {
    Tracer* next = tracer->next;
    GarbageList garbage;
    if (tracer->leftover != 0 && RemoveLeftover(tracer->leftover, &garbage) == 0) {
      ForgetSets(tracer->leftover, &garbage);
      tracer->leftover = 0;
      FreeIfUnused(tracer);
    }
    FreeLater(&garbage);
    tracer = next;
  }
}

int SetTracerFilter(Tracer* tracer, SiteFilter* filter) {
  if (tracer->registration == Registration::kRegistered) {
    GarbageList garbage;
    const int error = Change(tracer->member, &tracer->filter, filter, &garbage);
    FreeLater(&garbage);
    if (error != 0) return error;
  }
  tracer->filter.Swap(*filter);
  return 0;
}

void StartModule(Module* module, Demangler demangler) {
  for (Tracer* tracer = tracers; tracer != nullptr; tracer = tracer->next) {
    int error = ApplyKeptGlobs(tracer, *module, demangler);
    if (error == 0 && tracer->registration == Registration::kRegistered) {
      SiteBits add;
      Update update;
      if (!tracer->filter.Match(*module, &add)) error = -ENOMEM;
      if (error == 0) error = update.Plan(module, tracer->member, nullptr, &add);
      if (error == 0) error = update.Apply();
      FreeLater(update.garbage());
    }
    if (error == -ENOMEM) {
      Message("%s: no memory to trace the functions of this library", module->path);
    }
  }
}

bool StopModule(Module* module, GarbageList* garbage) {
  {
    Update update;
    // What cannot be reset goes away with the module's memory.
    if (update.PlanReset(module) == 0) update.Apply();
    update.garbage()->MoveAllTo(garbage);
  }
  ForgetShadowedSites(*module);
  for (Tracer* tracer = tracers; tracer != nullptr; tracer = tracer->next) {
    tracer->filter.filter.Drop(module->first_id, module->site_count);
    tracer->filter.notrace.Drop(module->first_id, module->site_count);
  }
  return RemoveModule(module);
}

}  // namespace ftrace
