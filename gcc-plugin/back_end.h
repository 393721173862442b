// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the plugin asks of the back end it is built for. config/<name>.cpp answers, one for each
// directory of that name in GCC; the build compiles the one of its target. All are asked about the
// function that is being compiled (cfun), after the last pass that changes its instructions.
#ifndef FTRACE_GCC_PLUGIN_BACK_END_H_
#define FTRACE_GCC_PLUGIN_BACK_END_H_

#include "arch/arch_traits.h"
#include "gcc-plugin/gcc_headers.h"

namespace ftrace {

// What most back ends answer.
inline const char* NoReason() { return nullptr; }
inline const char* NoLandingPad(rtx_insn*) { return nullptr; }
inline int64_t NoHome() { return 0; }
inline bool No() { return false; }
inline unsigned FourBytes() { return 4; }
inline const char* NoDirective() { return ""; }

struct BackEnd {
  // The pads of the instruction set mode and ABI; null if there are none for it. Asked when there
  // is no function yet, too.
  const ArchTraits* (*traits)();

  // Why no function can have one with the options of this compilation; null if they are not the
  // reason. Asked when there is no function yet, too.
  const char* (*why_options_ineligible)() = NoReason;

  // Why this function can have none where others have; null if it can.
  const char* (*why_ineligible)() = NoReason;

  // Removes the landing pad that `first`, the first instruction, is or implies, if it is one.
  // Returns the text that is to stand in front of the pad instead; null if there is nothing to land
  // on.
  const char* (*take_landing_pad)(rtx_insn* first) = NoLandingPad;

  // Bytes between the first stack argument and where `crtl->args` counts from: room for register
  // arguments that the caller leaves.
  int64_t (*argument_home_size)() = NoHome;

  // Whether arguments may be in registers that the C convention of the target does not use.
  bool (*has_wide_register_arguments)() = No;

  // Whether the assembler stream is in Intel syntax.
  bool (*is_intel_syntax)() = No;

  // Whether the nops of -fpatchable-function-entry are an instruction like others; else the
  // compiler prints them with the label, in front of every instruction and of the pad.
  bool is_patch_area_instruction = false;

  // Bytes of each of those nops, behind what the function below says.
  unsigned (*patch_area_nop_size)() = FourBytes;

  // Puts the assembler into the mode of the function. In front of its label that is the mode of the
  // function before it, where there are several.
  const char* (*instruction_set_directive)() = NoDirective;
};

extern const BackEnd kBackEnd;

}  // namespace ftrace

#endif  // FTRACE_GCC_PLUGIN_BACK_END_H_
