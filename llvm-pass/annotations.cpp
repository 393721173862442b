// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/annotations.h"

#include <algorithm>
#include <vector>

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Module.h"

namespace ftrace {
namespace {

constexpr char kTable[] = "llvm.global.annotations";

llvm::GlobalVariable* GlobalOf(llvm::Constant* value) {
  return llvm::dyn_cast<llvm::GlobalVariable>(value->stripPointerCasts());
}

llvm::StringRef TextOf(const llvm::GlobalVariable* global) {
  if (global == nullptr || !global->hasInitializer()) return {};
  const auto* data = llvm::dyn_cast<llvm::ConstantDataSequential>(global->getInitializer());
  return data != nullptr && data->isCString() ? data->getAsCString() : llvm::StringRef();
}

// Of an entry of the table: the annotated value, the text, the file, the line and arguments.
Mark MarkOf(const llvm::ConstantStruct& entry) {
  const llvm::StringRef text = TextOf(GlobalOf(entry.getOperand(1)));
  if (text == kNoTraceAnnotation) return Mark::kNoTrace;
  return text == kTraceAnnotation ? Mark::kTrace : Mark::kNone;
}

// Puts `entries` in the place of the table and of what only that used.
void Replace(llvm::GlobalVariable* table, const std::vector<llvm::Constant*>& entries,
             const std::vector<llvm::GlobalVariable*>& used) {
  if (!entries.empty()) {
    auto* type = llvm::ArrayType::get(entries.front()->getType(), entries.size());
    auto* shorter = new llvm::GlobalVariable(*table->getParent(), type, table->isConstant(),
                                             table->getLinkage(),
                                             llvm::ConstantArray::get(type, entries), "", table);
    shorter->copyAttributesFrom(table);
    shorter->takeName(table);
  }
  table->eraseFromParent();
  for (llvm::GlobalVariable* global : used) {
    global->removeDeadConstantUsers();
    if (global->use_empty() && global->hasLocalLinkage()) global->eraseFromParent();
  }
}

}  // namespace

MarkMap TakeMarks(llvm::Module& module) {
  MarkMap marks;
  llvm::GlobalVariable* table = module.getNamedGlobal(kTable);
  if (table == nullptr || !table->hasInitializer()) return marks;
  auto* array = llvm::dyn_cast<llvm::ConstantArray>(table->getInitializer());
  if (array == nullptr) return marks;
  std::vector<llvm::Constant*> others;
  std::vector<llvm::GlobalVariable*> used;
  for (llvm::Value* operand : array->operands()) {
    auto* entry = llvm::dyn_cast<llvm::ConstantStruct>(operand);
    if (entry == nullptr || entry->getNumOperands() < 3 || MarkOf(*entry) == Mark::kNone) {
      others.push_back(llvm::cast<llvm::Constant>(operand));
      continue;
    }
    for (const unsigned part : {1U, 2U}) {
      llvm::GlobalVariable* global = GlobalOf(entry->getOperand(part));
      if (global != nullptr && std::find(used.begin(), used.end(), global) == used.end()) {
        used.push_back(global);
      }
    }
    const auto* function =
        llvm::dyn_cast<llvm::Function>(entry->getOperand(0)->stripPointerCasts());
    if (function == nullptr) continue;
    Mark& mark = marks[function];
    if (mark != Mark::kNoTrace) mark = MarkOf(*entry);
  }
  if (others.size() != array->getNumOperands()) Replace(table, others, used);
  for (const auto& mark : marks) mark.first->removeDeadConstantUsers();
  return marks;
}

}  // namespace ftrace
