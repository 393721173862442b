// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_RUNTIME_MODULE_SCAN_H_
#define FTRACE_RUNTIME_MODULE_SCAN_H_

#include "runtime/module.h"

namespace ftrace {

// Calls `found` for every loaded module with a table of sites that no earlier scan has seen, or
// only for the one with `note` if that is not null. A note or a table that cannot be used is passed
// over with one line on stderr. Takes the dynamic loader's lock: not to be called under ours.
void ScanModules(const void* note, void (*found)(const ModuleDescription& description, void* data),
                 void* data);
// The module goes; another one may come to its address.
void ForgetScannedNote(const void* note);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_MODULE_SCAN_H_
