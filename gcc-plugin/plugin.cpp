// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The plugin for one GCC: one major, one target. libftrace.so finds it and calls plugin_init.
#include <dlfcn.h>

#include "gcc-plugin/back_end.h"
#include "gcc-plugin/emit.h"
#include "gcc-plugin/gcc_headers.h"
#include "gcc-plugin/select.h"
#include "gcc-plugin/state.h"

#define EXPORT __attribute__((visibility("default")))

// GCC asks for it. Apache-2.0 is compatible with version 3 of the GPL, under which GCC is.
extern EXPORT int plugin_is_GPL_compatible;
int plugin_is_GPL_compatible;

namespace ftrace {

State& PluginState() {
  static State* const state = new State;
  return *state;
}

namespace {

// The file that the user named in -fplugin=, as every directory knows it: the link may run in
// another one.
std::string LoaderPath(const plugin_name_args& arguments) {
  const char* name = arguments.full_name != nullptr ? arguments.full_name : "libftrace.so";
  char* path = realpath(name, nullptr);
  const std::string result = path != nullptr ? path : name;
  free(path);
  return result;
}

bool ParseOptions(const plugin_name_args& arguments) {
  for (int i = 0; i < arguments.argc; ++i) {
    std::string text = arguments.argv[i].key;
    if (arguments.argv[i].value != nullptr) text += std::string("=") + arguments.argv[i].value;
    const std::string problem = PluginState().options.Parse(text);
    if (problem.empty()) continue;
    error("ftrace: %s", problem.c_str());
    return false;
  }
  return true;
}

// Whether the source is only checked or stored: -fsyntax-only, precompiled headers.
bool EmitsNoCode() {
  if (flag_syntax_only) return true;
  for (unsigned i = 0; i < save_decoded_options_count; ++i) {
    if (save_decoded_options[i].opt_index == OPT__output_pch_) return true;
  }
  return false;
}

// Not a warning: builds with -Werror stay green. Not silent either.
void TellOfLostPads(void*, void*) {
  if (in_lto_p || EmitsNoCode()) return;
  if (kBackEnd.traits() == nullptr) {
    inform(
        UNKNOWN_LOCATION, "ftrace: no pads for this ABI or instruction set mode: there are for %s",
        "x86_64, i386, aarch64, arm (A32, Thumb-2), mips (o32, n64), riscv64, ppc64le and s390x");
  } else if (kBackEnd.why_options_ineligible() != nullptr) {
    inform(UNKNOWN_LOCATION, "ftrace: no pad in any function: %s",
           kBackEnd.why_options_ineligible());
  } else if (flag_split_stack) {
    inform(UNKNOWN_LOCATION, "ftrace: no pads with %<-fsplit-stack%>: compile without it");
  } else if (flag_generate_lto) {
    inform(UNKNOWN_LOCATION,
           "ftrace: with %<-flto%> the link makes the pads: link with %<-fplugin=%s%>",
           PluginState().loader_path.c_str());
  }
}

}  // namespace
}  // namespace ftrace

extern "C" EXPORT int plugin_init(plugin_name_args* arguments, plugin_gcc_version* version) {
  using namespace ftrace;
  // The layout of the compiler's data may change with every build of it.
  if (!plugin_default_version_check(version, &gcc_version)) {
    error("ftrace: the plugin was built for GCC %s of %s, this is %s of %s: build ftrace again",
          gcc_version.basever, gcc_version.datestamp, version->basever, version->datestamp);
    return 1;
  }
  PluginState().loader_path = LoaderPath(*arguments);
  if (!ParseOptions(*arguments)) return 1;
  static plugin_info info = {FTRACE_VERSION, "function entry pads for ftrace"};
  register_callback(arguments->base_name, PLUGIN_INFO, nullptr, &info);
  register_callback(arguments->base_name, PLUGIN_START_UNIT, TellOfLostPads, nullptr);
  register_callback(
      arguments->base_name, PLUGIN_ALL_IPA_PASSES_START, [](void*, void*) { LookAtThunks(); },
      nullptr);
  InstallEmitPasses(arguments->base_name);
  return 0;
}
