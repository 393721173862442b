// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_RUNTIME_INITIALIZE_H_
#define FTRACE_RUNTIME_INITIALIZE_H_

namespace ftrace {

// Prepares the runtime and finds the modules that are loaded. Once; later calls return at once. The
// constructor calls it, and so does whatever may run before the constructor. Not under the lock.
void Initialize();

// 0, or why nothing can be traced in this process: -EPERM without membarrier. Under the lock.
int InitializationError();

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_INITIALIZE_H_
