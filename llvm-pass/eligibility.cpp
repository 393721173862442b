// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/eligibility.h"

#include <algorithm>

#include "llvm-pass/compat.h"
#include "llvm/Analysis/OptimizationRemarkEmitter.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"

namespace ftrace {
namespace {

using llvm::Function;
using llvm::StringRef;
using llvm::Triple;

// A stub keeps what a caller of a C function relies on, and no more. `fast` takes arguments in more
// registers, which the record says. `cold` is none of these: on x86_64 its callee keeps all of the
// vector registers and r11.
bool HasCContract(const Function& function, const Triple& triple) {
  switch (function.getCallingConv()) {
    case llvm::CallingConv::C:
    case llvm::CallingConv::Fast:
      return true;
    case llvm::CallingConv::X86_64_SysV:
      return triple.getArch() == Triple::x86_64;
    case llvm::CallingConv::X86_StdCall:
    case llvm::CallingConv::X86_FastCall:
    case llvm::CallingConv::X86_ThisCall:
      return triple.getArch() == Triple::x86;
    // Clang writes one of these into every function when -mfloat-abi is not the triple's.
    case llvm::CallingConv::ARM_APCS:
    case llvm::CallingConv::ARM_AAPCS:
    case llvm::CallingConv::ARM_AAPCS_VFP:
      return triple.isARM() || triple.isThumb();
    default:
      return false;
  }
}

bool IsInterruptHandler(const Function& function) {
  return function.getCallingConv() == llvm::CallingConv::X86_INTR ||
         function.hasFnAttribute("interrupt");
}

// Values in scalable vector registers, of which a caller knows more to be kept than of others, or
// in registers that only the target's own types use.
bool IsOpaqueToStubs(const llvm::Type* type) {
  if (llvm::isa<llvm::ScalableVectorType>(type)) return true;
  if (const auto* structure = llvm::dyn_cast<llvm::StructType>(type)) {
    return std::any_of(structure->element_begin(), structure->element_end(), IsOpaqueToStubs);
  }
  if (const auto* array = llvm::dyn_cast<llvm::ArrayType>(type)) {
    return IsOpaqueToStubs(array->getElementType());
  }
  // A type that is first class, no pointer and of no known size is the target's.
  return type->isSingleValueType() && !type->isPointerTy() &&
         type->getPrimitiveSizeInBits().getKnownMinValue() == 0;
}

bool HasOpaqueSignature(const Function& function) {
  return IsOpaqueToStubs(function.getReturnType()) ||
         std::any_of(function.arg_begin(), function.arg_end(), [](const llvm::Argument& argument) {
           return IsOpaqueToStubs(argument.getType());
         });
}

// Entered in streaming mode or with the matrix state ZA or ZT0 shared: what a stub runs must not
// see either. A function that is streaming inside only is entered like any other.
bool SharesMatrixState(const Function& function, const Triple& triple) {
  if (!triple.isAArch64()) return false;
  for (const llvm::Attribute attribute : function.getAttributes().getFnAttrs()) {
    if (!attribute.isStringAttribute()) continue;
    const StringRef kind = attribute.getKindAsString();
    if (kind.substr(0, 8) == "aarch64_" && kind != "aarch64_pstate_sm_body") return true;
  }
  return false;
}

// A block of a function that hot-cold splitting has made a function of: no call of the source.
bool IsColdPart(const Function& function) {
  if (!function.hasFnAttribute(llvm::Attribute::Cold)) return false;
  const auto [name, number] = function.getName().rsplit('.');
  return name.size() > 5 && name.substr(name.size() - 5) == ".cold" && !number.empty() &&
         number.find_first_not_of("0123456789") == StringRef::npos;
}

}  // namespace

const char* WhyIneligible(const Function& function, const Triple& triple) {
  // Nobody could name it: what Clang makes in private.
  if (function.hasPrivateLinkage()) return "it has no symbol";
  if (function.hasFnAttribute(llvm::Attribute::Naked)) return "it is naked";
  if (IsInterruptHandler(function)) return "it is an interrupt handler";
  // The linker looks there for the check of the stack's size and changes it; a tracer would run on
  // what little stack is left.
  if (function.hasFnAttribute("split-stack")) {
    return "-fsplit-stack begins it with a check of the stack";
  }
  // Forwards all registers, whatever they are.
  if (function.hasFnAttribute("thunk")) return "it forwards unknown arguments";
  if (!HasCContract(function, triple) || function.hasFnAttribute("no_caller_saved_registers") ||
      function.hasFnAttribute("no_callee_saved_registers")) {
    return "its calling convention is not that of C";
  }
  if (HasOpaqueSignature(function)) return "scalable vectors are in its signature";
  if (SharesMatrixState(function, triple)) return "it shares streaming mode or matrix state";
  if (IsColdPart(function)) return "it is a cold part of another function";
  return nullptr;
}

void TellNoPad(const Function& function, const char* reason) {
  llvm::OptimizationRemarkEmitter(&function).emit([&] {
    return llvm::OptimizationRemarkMissed("ftrace", "NoPad", &function)
           << "no pad in " << llvm::ore::NV("Function", &function) << ": " << reason;
  });
}

}  // namespace ftrace
