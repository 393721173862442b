// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the parts of the plugin share in one run of a compiler.
#ifndef FTRACE_GCC_PLUGIN_STATE_H_
#define FTRACE_GCC_PLUGIN_STATE_H_

#include "gcc-plugin/gcc_headers.h"
#include "llvm-pass/options.h"

namespace ftrace {

struct State {
  Options options;
  std::string loader_path;  // of libftrace.so, for messages
};

State& PluginState();

}  // namespace ftrace

#endif  // FTRACE_GCC_PLUGIN_STATE_H_
