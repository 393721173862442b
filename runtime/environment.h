// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// FTRACE=key=value;key=value: what a program is told from outside. `\` takes the next character as
// it is. Ignored in a process that runs with more rights than its user (AT_SECURE).
#ifndef FTRACE_RUNTIME_ENVIRONMENT_H_
#define FTRACE_RUNTIME_ENVIRONMENT_H_

#include <cstddef>

#include "runtime/site_filter.h"

namespace ftrace {

enum class EnvironmentTracer { kNop, kFunctionProfile };

struct EnvironmentOptions {
  EnvironmentTracer tracer = EnvironmentTracer::kNop;
  int fd = -1;
  Vector<KeptGlob> globs;
};

// Reads `text` into options; null, or what is wrong with it, in `fault` (of that size).
const char* ParseEnvironment(const char* text, EnvironmentOptions* options, char* fault,
                             size_t size);

// Does what FTRACE says. Unset: nothing. A fault: one line on stderr, and no tracing.
void StartFromEnvironment();

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_ENVIRONMENT_H_
