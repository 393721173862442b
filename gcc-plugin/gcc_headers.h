// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// GCC's headers, in an order they can be included in. What the C++ library needs comes first:
// system.h forbids the names of functions that it uses.
#ifndef FTRACE_GCC_PLUGIN_GCC_HEADERS_H_
#define FTRACE_GCC_PLUGIN_GCC_HEADERS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

// clang-format off: each needs some of those before it.
#include "gcc-plugin.h"
#include "config.h"
#include "system.h"
#include "coretypes.h"
#include "tm.h"
#include "backend.h"
#include "target.h"
#include "targhooks.h"
#include "rtl.h"
#include "tree.h"
#include "gimple.h"
#include "tree-pass.h"
#include "context.h"
#include "function.h"
#include "memmodel.h"
#include "tm_p.h"
#include "insn-config.h"
#include "insn-constants.h"
#include "regs.h"
#include "emit-rtl.h"
#include "cgraph.h"
#include "calls.h"
#include "stringpool.h"
#include "attribs.h"
#include "output.h"
#include "diagnostic-core.h"
#include "function-abi.h"
#include "gimple-iterator.h"
#include "langhooks.h"
#include "opts.h"
#include "options.h"
#include "toplev.h"
#include "plugin-version.h"
#include "plugin.h"
#include "varasm.h"
// clang-format on

#endif  // FTRACE_GCC_PLUGIN_GCC_HEADERS_H_
