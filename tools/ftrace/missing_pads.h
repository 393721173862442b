// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Files without pads: which of them are as they should be, and what to tell about the others.
#ifndef FTRACE_TOOLS_FTRACE_MISSING_PADS_H_
#define FTRACE_TOOLS_FTRACE_MISSING_PADS_H_

#include <string>
#include <string_view>

#include "tools/ftrace/module.h"

namespace ftrace {

// What to do about a file without pads.
inline constexpr std::string_view kHowToCompile =
    "compile it with -fplugin=libftrace.so (ftrace-config --cflags prints the flags)";

enum class Pads {
  kPresent,
  kNothingToPad,  // no function in it
  kMadeAtLink,    // code for link-time optimisation: the linker's compiler makes the pads
  kMissing,
};

Pads FindPads(const Module& module);

// Why a module has no pads and what to do; for all but Pads::kPresent.
std::string WhyNoPads(const Module& module);

// Why a file was passed over.
std::string WhySkipped(const SkippedFile& file);

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_MISSING_PADS_H_
