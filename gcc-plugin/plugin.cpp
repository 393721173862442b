// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The plugin for one GCC: one major, one target. libftrace.so finds it and calls plugin_init.
#include <dlfcn.h>

#include "gcc-plugin/back_end.h"
#include "gcc-plugin/emit.h"
#include "gcc-plugin/gcc_headers.h"
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

// The file that the user named in -fplugin=.
std::string LoaderPath(const plugin_name_args& arguments) {
  return arguments.full_name != nullptr ? arguments.full_name : "libftrace.so";
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

// Not a warning: builds with -Werror stay green. Not silent either.
void TellOfLostPads(void*, void*) {
  if (in_lto_p) return;
  if (flag_generate_lto) {
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
  InstallEmitPasses(arguments->base_name);
  return 0;
}
