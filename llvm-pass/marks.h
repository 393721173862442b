// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the frontend tells the select pass of the same process. Both run in one compilation, in
// this order; opt, llc and a linker have no frontend and see the defaults.
#ifndef FTRACE_LLVM_PASS_MARKS_H_
#define FTRACE_LLVM_PASS_MARKS_H_

#include <map>
#include <string>

#include "llvm-pass/options.h"

namespace ftrace {

enum class Mark { kNone, kTrace, kNoTrace };

// Annotations of functions in the IR: `no_instrument_function` and source files are known to the
// frontend only.
inline constexpr char kTraceAnnotation[] = "ftrace_trace";
inline constexpr char kNoTraceAnnotation[] = "ftrace_notrace";

struct FrontendState {
  Options options;
  // By mangled name: Clang does not emit annotations of constructors and destructors.
  std::map<std::string, Mark> structors;
};

// The one of this process. Never destroyed, and made at first use: a plugin's constructors run
// before its static objects exist.
FrontendState& State();

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_MARKS_H_
