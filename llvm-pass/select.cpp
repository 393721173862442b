// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/select.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "llvm-pass/annotations.h"
#include "llvm-pass/compat.h"
#include "llvm-pass/eligibility.h"
#include "llvm-pass/marks.h"
#include "llvm-pass/owner.h"
#include "llvm-pass/symbol_names.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Demangle/Demangle.h"
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

// Adds all a user may call the function by.
void AddNames(const Function& function, std::vector<std::string>* names) {
  llvm::ItaniumPartialDemangler demangler;
  for (const std::string& symbol : NamesOfSymbol(SymbolName(function).str())) {
    names->push_back(symbol);
    if (demangler.partialDemangle(symbol.c_str())) continue;
    for (char* name : {demangler.finishDemangle(nullptr, nullptr),
                       demangler.getFunctionName(nullptr, nullptr)}) {
      if (name != nullptr && *name != '\0') names->emplace_back(name);
      std::free(name);
    }
  }
}

class Selector {
 public:
  explicit Selector(Module& module)
      : module_(module), triple_(module.getTargetTriple()), marks_(TakeMarks(module)) {
    CollectResolvers();
  }

  bool Selects(const Function& function) const {
    // Bodies that are there to be inlined only belong to another object.
    if (function.isDeclaration() || function.hasAvailableExternallyLinkage()) return false;
    if (!ToldToTrace(function) || !PassesNameFilters(function)) return false;
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

  // Null if there can be a pad, else why not.
  const char* WhyNot(const Function& function) const {
    if (resolvers_.count(&function) != 0) return "it is an ifunc resolver";
    if (function.hasFnAttribute(llvm::Attribute::NoProfile)) {
      return "it is not to be instrumented for a profile";
    }
    return WhyIneligible(function, triple_);
  }

  bool PassesNameFilters(const Function& function) const {
    if (!State().options.has_name_filters()) return true;
    std::vector<std::string> names;
    AddNames(function, &names);
    if (const Function* owner = OwnerOf(function)) AddNames(*owner, &names);
    return State().options.SelectsName(names);
  }

  bool ToldToTrace(const Function& function) const {
    const StringRef name = SymbolName(function);
    if (name.substr(0, 9) == "__ftrace_") return false;  // the runtime's own
    Mark mark = MarkOf(function);
    if (mark == Mark::kNone && HasMarks()) {
      if (const Function* owner = OwnerOf(function)) mark = MarkOf(*owner);
    }
    if (mark != Mark::kNone) return mark == Mark::kTrace;
    // The compiler made it, for the sake of the file it compiles.
    return State().options.SelectsFile(module_.getSourceFileName());
  }

  bool HasMarks() const { return !marks_.empty() || !State().structors.empty(); }

  Mark MarkOf(const Function& function) const {
    const Mark mark = marks_.lookup(&function);
    const auto& structors = State().structors;
    if (mark != Mark::kNone || structors.empty()) return mark;
    const auto found = structors.find(SymbolName(function).str());
    return found == structors.end() ? Mark::kNone : found->second;
  }

  const Module& module_;
  const llvm::Triple triple_;
  llvm::SmallPtrSet<const Function*, 8> resolvers_;
  MarkMap marks_;
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
