// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_RUNTIME_WALK_SITE_H_
#define FTRACE_RUNTIME_WALK_SITE_H_

namespace ftrace {

// After a module was unpublished: no thread reads its records any more. Waits for look-ups only,
// never for a callback.
void WaitForWalkers();

// In a forked child: the threads that were looking up do not exist.
void ForgetWalkers();

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_WALK_SITE_H_
