// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The built-in tracer behind `ftrace stat`: counts calls in the memory of profile_area.h.
#ifndef FTRACE_RUNTIME_PROFILE_TRACER_H_
#define FTRACE_RUNTIME_PROFILE_TRACER_H_

#include "runtime/module.h"
#include "runtime/site_filter.h"

namespace ftrace {

// Maps the area behind `fd` and starts to count what the globs select, in modules loaded now and
// later; takes the globs over. A fault is one line on stderr and nothing is counted. Under the
// lock.
void StartProfile(int fd, Vector<KeptGlob>* globs, Demangler demangler);

// A module has come: its calls get counters. Under the lock. Nothing if the profile is not running.
void ProfileModuleLoaded(const Module* module);

// A module goes: what is loaded at its addresses later is not taken for it. Under the lock.
void ProfileModuleUnloaded(const Module* module);

// In a forked child: counts go to tables of its own.
void ProfileForked();

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_PROFILE_TRACER_H_
