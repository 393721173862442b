// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/facts.h"

#include <algorithm>

#include "arch/arch_traits.h"
#include "llvm-pass/compat.h"
#include "llvm-pass/symbol_names.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineFunction.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Function.h"
#include "llvm/Target/TargetMachine.h"

namespace ftrace {
namespace {

using llvm::Function;
using llvm::MachineFunction;

bool IsThunk(const Function& function) { return IsThunkName(function.getName().str()); }

bool HasFloatingPointLeaf(const llvm::Type* type) {
  if (type->isVectorTy() || type->isFloatingPointTy()) return true;
  if (const auto* structure = llvm::dyn_cast<llvm::StructType>(type)) {
    return std::any_of(structure->element_begin(), structure->element_end(), HasFloatingPointLeaf);
  }
  if (const auto* array = llvm::dyn_cast<llvm::ArrayType>(type)) {
    return HasFloatingPointLeaf(array->getElementType());
  }
  return false;
}

// Conservative: a type that some convention passes in memory counts.
bool MayTakeVectorArguments(const Function& function) {
  if (function.isVarArg()) return true;
  return std::any_of(function.arg_begin(), function.arg_end(), [](const llvm::Argument& argument) {
    return !argument.hasByValAttr() && HasFloatingPointLeaf(argument.getType());
  });
}

bool HasStaticChain(const Function& function) {
  return std::any_of(function.arg_begin(), function.arg_end(),
                     [](const llvm::Argument& argument) { return argument.hasNestAttr(); });
}

// Where arguments that are only in memory begin, as MachineFrameInfo counts. Before that is what
// register arguments may be spilled to: four words on o32; on ppc64le (ELFv2) eight doublewords,
// behind the linkage area of 32 bytes. The convention of local functions has no such room.
int64_t FirstStackArgument(const MachineFunction& machine_function) {
  const bool local = machine_function.getFunction().getCallingConv() == llvm::CallingConv::Fast;
  switch (machine_function.getTarget().getTargetTriple().getArch()) {
    case llvm::Triple::mips:
    case llvm::Triple::mipsel:
      return local ? 0 : 16;
    case llvm::Triple::ppc64le:
      return local ? 32 : 96;
    default:
      return 0;
  }
}

uint32_t StackClass(const MachineFunction& machine_function) {
  // Unnamed arguments follow the named ones, and nobody knows how many; the areas that va_start
  // reads are fixed objects too and would look like arguments.
  if (machine_function.getFunction().isVarArg()) return FTRACE_STACK_UNKNOWN;
  const llvm::MachineFrameInfo& frame = machine_function.getFrameInfo();
  const int64_t begin = FirstStackArgument(machine_function);
  int64_t end = begin;
  for (int index = frame.getObjectIndexBegin(); index < 0; ++index) {
    const int64_t offset = frame.getObjectOffset(index);
    if (offset < begin || frame.isSpillSlotObjectIndex(index)) continue;
    end = std::max(end, offset + frame.getObjectSize(index));
  }
  return ftrace_site_stack_class(static_cast<uint64_t>(end - begin));
}

bool IsI386(const MachineFunction& machine_function) {
  return machine_function.getTarget().getTargetTriple().getArch() == llvm::Triple::x86;
}

// Arguments in registers that the C convention does not use: local functions, and on i386 what
// regparm and the like ask for.
bool HasWideRegisterArguments(const MachineFunction& machine_function) {
  const Function& function = machine_function.getFunction();
  if (function.getCallingConv() != llvm::CallingConv::C) return true;
  return IsI386(machine_function) &&
         std::any_of(function.arg_begin(), function.arg_end(),
                     [](const llvm::Argument& argument) { return argument.hasInRegAttr(); });
}

// The callee removes arguments from the stack: who calls the body a second time has lost them.
bool PopsArguments(const MachineFunction& machine_function) {
  if (!IsI386(machine_function)) return false;
  const Function& function = machine_function.getFunction();
  switch (function.getCallingConv()) {
    case llvm::CallingConv::X86_StdCall:
    case llvm::CallingConv::X86_FastCall:
    case llvm::CallingConv::X86_ThisCall:
      return true;
    default:
      return function.hasStructRetAttr();
  }
}

bool IsEntryOnly(const MachineFunction& machine_function) {
  const Function& function = machine_function.getFunction();
  const llvm::MachineFrameInfo& frame = machine_function.getFrameInfo();
  // Asked of the IR: GlobalISel, which AArch64 uses at -O0, leaves the machine function's flag
  // unset.
  return PopsArguments(machine_function) || function.callsFunctionThatReturnsTwice() ||
         function.hasFnAttribute(llvm::Attribute::ReturnsTwice) || frame.isReturnAddressTaken() ||
         frame.isFrameAddressTaken();
}

// Modes of a target that has pads otherwise, and registers of the pad that the user has reserved.
bool HasModeWithoutPads(const MachineFunction& machine_function) {
  const llvm::TargetMachine& target = machine_function.getTarget();
  const llvm::TargetSubtargetInfo& subtarget = machine_function.getSubtarget();
  switch (target.getTargetTriple().getArch()) {
    case llvm::Triple::mips:
    case llvm::Triple::mipsel:
    case llvm::Triple::mips64:
    case llvm::Triple::mips64el:
      return subtarget.checkFeatures("+mips16") || subtarget.checkFeatures("+micromips");
    case llvm::Triple::aarch64:
    case llvm::Triple::aarch64_be:
      return subtarget.checkFeatures("+reserve-x9");
    case llvm::Triple::riscv64:
      // RV64E has half of the registers, and another convention.
      return subtarget.checkFeatures("+e") || subtarget.checkFeatures("+reserve-x5");
    case llvm::Triple::ppc64le:
      // ELFv1: the symbol of a function is not in its code.
      return target.Options.MCOptions.getABIName() == "elfv1";
    default:
      return false;
  }
}

}  // namespace

const ArchTraits* TraitsOf(const llvm::Triple& triple) {
  // Pointers of another size than the registers: another ELF class, another note.
  if (!triple.isOSBinFormatELF() || triple.isX32() ||
      triple.getEnvironment() == llvm::Triple::GNUABIN32 ||
      triple.getEnvironment() == llvm::Triple::GNUILP32) {
    return nullptr;
  }
  // The bytes of the pad are another instruction in 16-bit code.
  if (triple.getEnvironment() == llvm::Triple::CODE16) return nullptr;
  switch (triple.getArch()) {
    case llvm::Triple::x86_64:
      return FindArchTraits(FTRACE_ISA_X86_64);
    case llvm::Triple::x86:
      return FindArchTraits(FTRACE_ISA_I386);
    case llvm::Triple::aarch64:
    case llvm::Triple::aarch64_be:
      return FindArchTraits(FTRACE_ISA_AARCH64);
    case llvm::Triple::arm:
      return FindArchTraits(FTRACE_ISA_ARM_A32);
    case llvm::Triple::thumb:
      return FindArchTraits(FTRACE_ISA_ARM_THUMB2);
    case llvm::Triple::mips:
    case llvm::Triple::mipsel:
      return FindArchTraits(FTRACE_ISA_MIPS32);
    case llvm::Triple::mips64:
    case llvm::Triple::mips64el:
      return FindArchTraits(FTRACE_ISA_MIPS64);
    case llvm::Triple::riscv64:
      return FindArchTraits(FTRACE_ISA_RISCV64);
    case llvm::Triple::ppc64le:
      return FindArchTraits(FTRACE_ISA_PPC64LE);
    case llvm::Triple::systemz:
      return FindArchTraits(FTRACE_ISA_S390X);
    default:
      return nullptr;
  }
}

const ArchTraits* TraitsOf(const MachineFunction& machine_function) {
  const llvm::Triple& triple = machine_function.getTarget().getTargetTriple();
  const ArchTraits* traits = TraitsOf(triple);
  if (traits == nullptr) return nullptr;
  const bool wide = machine_function.getDataLayout().getPointerSize() == 8;
  if (wide != (traits->elf_class == kElfClass64)) return nullptr;
  // LLVM 22 ends the program when it is asked for a feature of another target.
  const llvm::TargetSubtargetInfo& subtarget = machine_function.getSubtarget();
  if (triple.isARM() || triple.isThumb()) {
    const bool thumb = subtarget.checkFeatures("+thumb-mode");
    // Thumb-1 has no 32-bit nop, ARMv4 no bx.
    if (!subtarget.checkFeatures(thumb ? "+thumb2" : "+v4t")) return nullptr;
    return FindArchTraits(thumb ? FTRACE_ISA_ARM_THUMB2 : FTRACE_ISA_ARM_A32);
  }
  return HasModeWithoutPads(machine_function) ? nullptr : traits;
}

uint32_t FactsOf(const MachineFunction& machine_function) {
  const Function& function = machine_function.getFunction();
  return ftrace_site_make_kind(IsThunk(function) ? FTRACE_KIND_ENTRY_THUNK : FTRACE_KIND_ENTRY) |
         ftrace_site_make_stack_args(StackClass(machine_function)) |
         ftrace_site_make_variadic(function.isVarArg()) |
         ftrace_site_make_vector_args(MayTakeVectorArguments(function)) |
         ftrace_site_make_may_unwind(!function.doesNotThrow()) |
         ftrace_site_make_wide_reg_args(HasWideRegisterArguments(machine_function)) |
         ftrace_site_make_static_chain(HasStaticChain(function)) |
         ftrace_site_make_compiler(FTRACE_COMPILER_LLVM) |
         ftrace_site_make_entry_only(IsEntryOnly(machine_function));
}

}  // namespace ftrace
