// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// lib/ftrace/llvm-<major>.so: what happens when it is loaded, and what LLVM asks it for.
#include <dlfcn.h>

#include "llvm-pass/compat.h"
#include "llvm-pass/emit.h"
#include "llvm-pass/frontend.h"
#include "llvm-pass/marks.h"
#include "llvm-pass/select.h"

namespace ftrace {

FrontendState& State() {
  static auto* state = new FrontendState();
  return *state;
}

namespace {

// A constructor, because opt, llc and linkers only load the library.
__attribute__((constructor)) void Load() {
  InstallEmitPass();
  const bool is_clang = dlsym(RTLD_DEFAULT, "_ZTVN5clang15PluginASTActionE") != nullptr;
  if (is_clang) RegisterFrontendAction();
}

}  // namespace
}  // namespace ftrace

extern "C" __attribute__((visibility("default"))) llvm::PassPluginLibraryInfo
llvmGetPassPluginInfo() {
  // By name and after {}: the structure grows at the end.
  llvm::PassPluginLibraryInfo info{};
  info.APIVersion = LLVM_PLUGIN_API_VERSION;
  info.PluginName = "ftrace";
  info.PluginVersion = "1";
  info.RegisterPassBuilderCallbacks = ftrace::RegisterSelectPass;
  return info;
}
