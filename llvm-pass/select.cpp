// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/select.h"

#include <cstdlib>

#include "llvm-pass/eligibility.h"
#include "llvm-pass/marks.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/GlobalIFunc.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"

namespace ftrace {
namespace {

using llvm::Function;
using llvm::Module;
using llvm::StringRef;

StringRef SymbolName(const Function& function) {
  StringRef name = function.getName();
  name.consume_front("\1");  // "no further mangling"
  return name;
}

// All a user may call the function by.
std::vector<std::string> Names(const Function& function) {
  const std::string symbol = SymbolName(function).str();
  std::vector<std::string> names = {symbol};
  llvm::ItaniumPartialDemangler demangler;
  if (demangler.partialDemangle(symbol.c_str())) return names;
  for (char* name :
       {demangler.finishDemangle(nullptr, nullptr), demangler.getFunctionName(nullptr, nullptr)}) {
    if (name != nullptr && *name != '\0') names.emplace_back(name);
    std::free(name);
  }
  return names;
}

StringRef AnnotationText(const llvm::Value* value) {
  const auto* global = llvm::dyn_cast<llvm::GlobalVariable>(value->stripPointerCasts());
  if (global == nullptr || !global->hasInitializer()) return {};
  const auto* data = llvm::dyn_cast<llvm::ConstantDataSequential>(global->getInitializer());
  return data != nullptr && data->isCString() ? data->getAsCString() : StringRef();
}

class Selector {
 public:
  explicit Selector(const Module& module) : module_(module) {
    CollectResolvers();
    CollectAnnotations();
  }

  bool Selects(const Function& function) const {
    // Bodies that are there to be inlined only belong to another object.
    if (function.isDeclaration() || function.hasAvailableExternallyLinkage()) return false;
    if (!ToldToTrace(function) || !State().options.SelectsName(Names(function))) return false;
    const char* reason = WhyNot(function);
    if (reason != nullptr) TellNoPad(function, reason);
    return reason == nullptr;
  }

 private:
  // Resolvers run while their module is being relocated: nothing may be called from them.
  void CollectResolvers() {
    for (const llvm::GlobalIFunc& ifunc : module_.ifuncs()) {
      const llvm::Value* resolver = ifunc.getResolver()->stripPointerCastsAndAliases();
      if (const auto* function = llvm::dyn_cast<Function>(resolver)) resolvers_.insert(function);
    }
  }

  void CollectAnnotations() {
    const auto* table = module_.getNamedGlobal("llvm.global.annotations");
    if (table == nullptr || !table->hasInitializer()) return;
    const auto* entries = llvm::dyn_cast<llvm::ConstantArray>(table->getInitializer());
    if (entries == nullptr) return;
    for (const llvm::Value* operand : entries->operands()) {
      const auto* entry = llvm::dyn_cast<llvm::ConstantStruct>(operand);
      if (entry == nullptr || entry->getNumOperands() < 2) continue;
      const auto* function = llvm::dyn_cast<Function>(entry->getOperand(0)->stripPointerCasts());
      if (function == nullptr) continue;
      const StringRef text = AnnotationText(entry->getOperand(1));
      Mark& mark = marks_[function];
      if (text == kNoTraceAnnotation) {
        mark = Mark::kNoTrace;
      } else if (text == kTraceAnnotation && mark == Mark::kNone) {
        mark = Mark::kTrace;
      }
    }
  }

  // Null if there can be a pad, else why not.
  const char* WhyNot(const Function& function) const {
    if (resolvers_.count(&function) != 0) return "it is an ifunc resolver";
    if (function.hasFnAttribute(llvm::Attribute::NoProfile)) {
      return "it is not to be instrumented for a profile";
    }
    return WhyIneligible(function);
  }

  bool ToldToTrace(const Function& function) const {
    const StringRef name = SymbolName(function);
    if (name.substr(0, 9) == "__ftrace_") return false;  // the runtime's own
    Mark mark = marks_.lookup(&function);
    if (mark == Mark::kNone) {
      const auto& structors = State().structors;
      const auto found = structors.find(name.str());
      if (found != structors.end()) mark = found->second;
    }
    if (mark != Mark::kNone) return mark == Mark::kTrace;
    // The compiler made it, for the sake of the file it compiles.
    return State().options.SelectsFile(module_.getSourceFileName());
  }

  const Module& module_;
  llvm::SmallPtrSet<const Function*, 8> resolvers_;
  llvm::DenseMap<const Function*, Mark> marks_;
};

struct SelectPass : llvm::PassInfoMixin<SelectPass> {
  // Without it functions of -O0 and `optnone` would be left out.
  static bool isRequired() { return true; }

  llvm::PreservedAnalyses run(Module& module, llvm::ModuleAnalysisManager&) {
    const Selector selector(module);
    const std::string value = std::to_string(State().options.min_insns());
    for (Function& function : module) {
      if (selector.Selects(function)) function.addFnAttr(kPadAttribute, value);
    }
    return llvm::PreservedAnalyses::all();
  }
};

}  // namespace

void RegisterSelectPass(llvm::PassBuilder& builder) {
  builder.registerPipelineStartEPCallback(
      [](llvm::ModulePassManager& passes, auto...) { passes.addPass(SelectPass()); });
  builder.registerPipelineParsingCallback([](StringRef name, llvm::ModulePassManager& passes,
                                             llvm::ArrayRef<llvm::PassBuilder::PipelineElement>) {
    if (name != "ftrace-select") return false;
    passes.addPass(SelectPass());
    return true;
  });
}

}  // namespace ftrace
