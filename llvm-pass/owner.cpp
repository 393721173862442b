// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/owner.h"

#include "llvm-pass/symbol_names.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Instruction.h"
#include "llvm/IR/Module.h"

namespace ftrace {
namespace {

using llvm::Function;
using llvm::StringRef;

// Deeper than any region or block in a region that a person writes.
constexpr unsigned kMaxDepth = 16;

bool IsRegionOrBlock(const Function& function) {
  const StringRef name = function.getName();
  return function.hasLocalLinkage() &&
         (name.find(".omp") != StringRef::npos || name.find("_block_invoke") != StringRef::npos);
}

// The function with the first instruction that `value` gets to, through constants and literals.
const Function* FirstUser(const llvm::Value& value, unsigned depth) {
  if (depth > kMaxDepth) return nullptr;
  for (const llvm::User* user : value.users()) {
    if (const auto* instruction = llvm::dyn_cast<llvm::Instruction>(user)) {
      return instruction->getFunction();
    }
    if (!llvm::isa<llvm::Constant>(user)) continue;
    if (const Function* function = FirstUser(*user, depth + 1)) return function;
  }
  return nullptr;
}

}  // namespace

const Function* OwnerOf(const Function& function) {
  const std::string target = ThunkTarget(function.getName().str());
  if (!target.empty()) {
    const llvm::GlobalValue* value = function.getParent()->getNamedValue(target);
    // A destructor may be an alias of another.
    return value == nullptr ? nullptr
                            : llvm::dyn_cast<Function>(value->stripPointerCastsAndAliases());
  }
  const Function* owner = &function;
  for (unsigned depth = 0; owner != nullptr && IsRegionOrBlock(*owner); ++depth) {
    if (depth > kMaxDepth) return nullptr;
    owner = FirstUser(*owner, 0);
  }
  return owner == &function ? nullptr : owner;
}

}  // namespace ftrace
