// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Everything in which the LLVM majors differ. Headers that moved and members that came or went are
// detected, so that a further major needs a line here only where it is really different.
#ifndef FTRACE_LLVM_PASS_COMPAT_H_
#define FTRACE_LLVM_PASS_COMPAT_H_

#if __has_include("llvm/TargetParser/Triple.h")
#include "llvm/TargetParser/Triple.h"
#else
#include "llvm/ADT/Triple.h"
#endif

#if __has_include("llvm/Plugins/PassPlugin.h")
#include "llvm/Plugins/PassPlugin.h"
#else
#include "llvm/Passes/PassPlugin.h"
#endif

#include <string>

namespace ftrace {

// Makes Clang run the select pass. Later majors take a callback; before, Clang is handed this
// library as a pass plugin, found by path.
template <typename CodeGenOptions, typename Callback, typename FindPath>
auto AddPipelineCallback(CodeGenOptions& options, Callback callback, FindPath, int)
    -> decltype(static_cast<void>(options.PassBuilderCallbacks)) {
  options.PassBuilderCallbacks.push_back(callback);
}
template <typename CodeGenOptions, typename Callback, typename FindPath>
void AddPipelineCallback(CodeGenOptions& options, Callback, FindPath find_path, long) {
  options.PassPlugins.push_back(find_path());
}

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_COMPAT_H_
