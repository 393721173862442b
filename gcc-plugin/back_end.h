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

// The pads of the instruction set mode and ABI; null if there are none for it.
const ArchTraits* TargetTraits();

// Why no function can have one with the options of this compilation; null if they are not the
// reason. Asked when there is no function yet, too.
const char* OptionsWhyIneligible();

// Why this function can have none where others have; null if it can.
const char* TargetWhyIneligible();

// Removes the landing pad that `first`, the first instruction, is or implies, if it is one. Returns
// the text that is to stand in front of the pad instead; null if there is nothing to land on.
const char* TakeLandingPad(rtx_insn* first);

// Bytes between the first stack argument and where `crtl->args` counts from: room for register
// arguments that the caller leaves.
int64_t ArgumentHomeSize();

// Whether arguments may be in registers that the C convention of the target does not use.
bool HasWideRegisterArguments();

// Whether the assembler stream is in Intel syntax.
bool IsIntelSyntax();

// Whether the nops of -fpatchable-function-entry are an instruction like others; else the compiler
// prints them with the label, in front of every instruction and of the pad.
bool IsPatchAreaInstruction();

// Bytes of each of those nops, behind what the function below says.
unsigned PatchAreaNopSize();

// Puts the assembler into the mode of the function. In front of its label that is the mode of the
// function before it, where there are several.
const char* InstructionSetDirective();

}  // namespace ftrace

#endif  // FTRACE_GCC_PLUGIN_BACK_END_H_
