// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The functions of <ftrace/ftrace.h>: arguments are checked here, everything else is done below.
#include <cerrno>
#include <cstring>

#include "runtime/garbage.h"
#include "runtime/include/ftrace/ftrace.h"
#include "runtime/initialize.h"
#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/tracer.h"
#include "runtime/update.h"

namespace ftrace {
namespace {

// Flags that this version knows and implements.
constexpr unsigned long kKnownFlags = FTRACE_OPS_FL_GPREGS_ONLY;

// Why nothing can be changed now; 0 if it can. A thread that holds the lock already is inside
// ftrace_for_each_site(), or in a signal handler that interrupted a call: -EDEADLK, not a deadlock.
int CannotChange(const ApiLock& lock) {
  if (lock.nested()) return -EDEADLK;
  if (IsDead()) return -ENODEV;
  return InitializationError();
}

int Register(ftrace_ops* ops) {
  const ApiLock lock;
  if (const int error = CannotChange(lock)) return error;
  RemoveLeftovers();
  Tracer* tracer = GetTracer(ops);
  if (tracer == nullptr) return -ENOMEM;
  if (tracer->registration != Registration::kNone) return -EBUSY;
  return StartTracer(tracer);
}

// No longer registered. The object lives on only for its filters.
void Release(Tracer* tracer) {
  tracer->registration = Registration::kNone;
  FreeIfUnused(tracer);
}

int Unregister(ftrace_ops* ops) {
  GarbageList garbage;
  Tracer* tracer = nullptr;
  int result = 0;
  {
    const ApiLock lock;
    if (lock.nested()) return -EDEADLK;
    RemoveLeftovers();
    tracer = FindTracer(ops);
    if (tracer == nullptr || tracer->registration != Registration::kRegistered) return -EBUSY;
    result = StopTracer(tracer, &garbage);
    if (result != 0 && result != -ENODEV) return result;
    if (InsideBracket()) {
      FreeLater(&garbage);
      Release(tracer);
      return result;
    }
  }
  // Without the lock: callbacks may use the API, and other threads too. The state kRemoving keeps
  // the tracer where it is.
  GracePeriod period;
  period.Begin();
  period.Wait();
  const ApiLock lock;
  garbage.FreeAll();
  PollDeferred();
  Release(tracer);
  return result;
}

// Changes one of the two lists by a glob; null with reset empties it.
int ChangeList(SiteList* list, const char* glob, int len, int reset, Demangler demangler) {
  if (reset != 0) {
    list->active = false;
    list->ids.Truncate(0);
  }
  if (glob == nullptr) return 0;
  const long matched = ResolveGlob(glob, static_cast<size_t>(len), nullptr, demangler, list);
  if (matched < 0) return static_cast<int>(matched);
  if (matched == 0) return -EINVAL;
  // Removing leaves an empty list empty: it still selects everything.
  if (glob[0] != '!') list->active = true;
  return 0;
}

int SetFilter(ftrace_ops* ops, const char* glob, int len, int reset, bool notrace) {
  if (ops == nullptr || (glob != nullptr && len <= 0)) return -EINVAL;
  if (glob == nullptr && reset == 0) return 0;
  Initialize();
  const Demangler demangler = FindDemangler();
  const ApiLock lock;
  if (const int error = CannotChange(lock)) return error;
  RemoveLeftovers();
  Tracer* tracer = GetTracer(ops);
  if (tracer == nullptr) return -ENOMEM;
  SiteFilter next;
  int error = next.CopyFrom(tracer->filter) ? 0 : -ENOMEM;
  SiteList* list = notrace ? &next.notrace : &next.filter;
  if (error == 0) error = ChangeList(list, glob, len, reset, demangler);
  if (error == 0) error = SetTracerFilter(tracer, &next);
  next.Clear();
  return error;
}

}  // namespace
}  // namespace ftrace

int register_ftrace_function(ftrace_ops* ops) {
  if (ops == nullptr || ops->func == nullptr) return -EINVAL;
  if ((ops->flags & ~ftrace::kKnownFlags) != 0) return -EINVAL;
  ftrace::Initialize();
  return ftrace::Register(ops);
}

int unregister_ftrace_function(ftrace_ops* ops) {
  if (ops == nullptr) return -EINVAL;
  ftrace::Initialize();
  return ftrace::Unregister(ops);
}

int ftrace_set_filter(ftrace_ops* ops, const char* glob, int len, int reset) {
  return ftrace::SetFilter(ops, glob, len, reset, false);
}

int ftrace_set_notrace(ftrace_ops* ops, const char* glob, int len, int reset) {
  return ftrace::SetFilter(ops, glob, len, reset, true);
}

void ftrace_free_filter(ftrace_ops* ops) {
  const ftrace::ApiLock lock;
  ftrace::Tracer* tracer = ftrace::FindTracer(ops);
  if (lock.nested() || tracer == nullptr) return;
  if (tracer->registration != ftrace::Registration::kNone) {
    ftrace::Message(
        "ftrace_free_filter() on a registered tracer does nothing; unregister it first");
    return;
  }
  tracer->filter.Clear();
  ftrace::FreeIfUnused(tracer);
}

int ftrace_is_dead(void) { return ftrace::IsDead() ? 1 : 0; }

int ftrace_synchronize_tasks(void) {
  ftrace::Initialize();
  if (ftrace::InsideBracket()) return -EDEADLK;
  ftrace::GracePeriod period;
  period.Begin();
  period.Wait();
  return 0;
}
