// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_RUNTIME_TEXT_MISMATCH_H_
#define FTRACE_RUNTIME_TEXT_MISMATCH_H_

#include "runtime/module.h"

namespace ftrace {

// The report on a pad whose bytes are not what they should be: address, function, module, expected
// and actual bytes, what the runtime thought it had there.
void ReportMismatch(const Module& module, size_t site);

// The name of the function at the site, copied to `out`; false: it has none.
bool SiteName(const Module& module, size_t site, char* out, size_t size);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_TEXT_MISMATCH_H_
