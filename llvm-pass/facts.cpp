// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/facts.h"

#include <algorithm>

#include "arch/arch_traits.h"
#include "llvm-pass/compat.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineFunction.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Function.h"

namespace ftrace {
namespace {

using llvm::Function;
using llvm::MachineFunction;

// The compiler's own functions that adjust `this` or a result and go on to the real one (Itanium
// C++ ABI 5.1.4.3): not in the source, so tools may want to leave them out.
bool IsThunk(const Function& function) {
  const llvm::StringRef prefix = function.getName().substr(0, 4);
  return prefix == "_ZTh" || prefix == "_ZTv" || prefix == "_ZTc";
}

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

uint32_t StackClass(const MachineFunction& machine_function) {
  // Unnamed arguments follow the named ones, and nobody knows how many; the areas that va_start
  // reads are fixed objects too and would look like arguments.
  if (machine_function.getFunction().isVarArg()) return FTRACE_STACK_UNKNOWN;
  const llvm::MachineFrameInfo& frame = machine_function.getFrameInfo();
  int64_t end = 0;
  for (int index = frame.getObjectIndexBegin(); index < 0; ++index) {
    const int64_t offset = frame.getObjectOffset(index);
    if (offset < 0 || frame.isSpillSlotObjectIndex(index)) continue;
    end = std::max(end, offset + frame.getObjectSize(index));
  }
  return ftrace_site_stack_class(static_cast<uint64_t>(end));
}

bool IsEntryOnly(const MachineFunction& machine_function) {
  const Function& function = machine_function.getFunction();
  const llvm::MachineFrameInfo& frame = machine_function.getFrameInfo();
  return machine_function.exposesReturnsTwice() ||
         function.hasFnAttribute(llvm::Attribute::ReturnsTwice) || frame.isReturnAddressTaken() ||
         frame.isFrameAddressTaken();
}

}  // namespace

const ArchTraits* TraitsOf(const llvm::Triple& triple) {
  if (!triple.isOSBinFormatELF()) return nullptr;
  switch (triple.getArch()) {
    case llvm::Triple::x86_64:
      // x32 is another ELF class, with pointers of another size.
      return triple.isX32() ? nullptr : FindArchTraits(FTRACE_ISA_X86_64);
    default:
      return nullptr;
  }
}

uint32_t FactsOf(const MachineFunction& machine_function) {
  const Function& function = machine_function.getFunction();
  const bool c_convention = function.getCallingConv() == llvm::CallingConv::C;
  return ftrace_site_make_kind(IsThunk(function) ? FTRACE_KIND_ENTRY_THUNK : FTRACE_KIND_ENTRY) |
         ftrace_site_make_stack_args(StackClass(machine_function)) |
         ftrace_site_make_variadic(function.isVarArg()) |
         ftrace_site_make_vector_args(MayTakeVectorArguments(function)) |
         ftrace_site_make_may_unwind(!function.doesNotThrow()) |
         ftrace_site_make_wide_reg_args(!c_convention) |
         ftrace_site_make_static_chain(HasStaticChain(function)) |
         ftrace_site_make_compiler(FTRACE_COMPILER_LLVM) |
         ftrace_site_make_entry_only(IsEntryOnly(machine_function));
}

}  // namespace ftrace
