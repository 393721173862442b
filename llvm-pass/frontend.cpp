// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The only file that uses Clang. Its references are made weak after compilation, so that the plugin
// also loads where there is no Clang: opt, llc, LTO linkers.
#include "llvm-pass/frontend.h"

#include <dlfcn.h>

#include <memory>
#include <string>
#include <vector>

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ASTMutationListener.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Mangle.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "llvm-pass/compat.h"
#include "llvm-pass/facts.h"
#include "llvm-pass/marks.h"
#include "llvm-pass/select.h"

namespace ftrace {
namespace {

// Marks the functions whose source says whether they are traced.
class Marker : public clang::RecursiveASTVisitor<Marker> {
 public:
  explicit Marker(clang::ASTContext& context) : context_(context) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return State().options.has_file_filters(); }

  bool VisitLambdaExpr(clang::LambdaExpr* lambda) {
    return VisitFunctionDecl(lambda->getCallOperator());
  }

  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    const Mark mark = MarkOf(*function);
    if (mark != Mark::kNone) Set(function, mark);
    return true;
  }

 private:
  Mark MarkOf(const clang::FunctionDecl& function) const {
    if (function.hasAttr<clang::NoInstrumentFunctionAttr>()) return Mark::kNoTrace;
    const auto* patchable = function.getAttr<clang::PatchableFunctionEntryAttr>();
    if (patchable != nullptr && patchable->getCount() == 0) return Mark::kNoTrace;
    // Only a definition is anywhere: what a declaration gets, the definition would inherit.
    if (!State().options.has_file_filters() || !function.isThisDeclarationADefinition()) {
      return Mark::kNone;
    }
    const clang::SourceManager& sources = context_.getSourceManager();
    const llvm::StringRef file =
        sources.getFilename(sources.getExpansionLoc(function.getLocation()));
    if (file.empty()) return Mark::kNone;
    return State().options.SelectsFile(file.str()) ? Mark::kTrace : Mark::kNoTrace;
  }

  void Set(clang::FunctionDecl* function, Mark mark) {
    const bool is_structor =
        llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(function);
    if (is_structor && !function->isDependentContext()) {
      clang::ASTNameGenerator names(context_);
      for (const std::string& name : names.getAllManglings(function)) {
        State().structors[name] = mark;
      }
    }
    const llvm::StringRef text = mark == Mark::kTrace ? kTraceAnnotation : kNoTraceAnnotation;
    for (const auto* attribute : function->specific_attrs<clang::AnnotateAttr>()) {
      if (attribute->getAnnotation() == text) return;
    }
    function->addAttr(clang::AnnotateAttr::CreateImplicit(context_, text, nullptr, 0));
  }

  clang::ASTContext& context_;
};

// Sees every function before code generation does.
class Consumer : public clang::ASTConsumer, public clang::ASTMutationListener {
 public:
  explicit Consumer(clang::ASTContext& context) : marker_(context) {}

  bool HandleTopLevelDecl(clang::DeclGroupRef group) override {
    for (clang::Decl* declaration : group) marker_.TraverseDecl(declaration);
    return true;
  }
  void HandleInlineFunctionDefinition(clang::FunctionDecl* function) override {
    marker_.TraverseDecl(function);
  }

  // Members the compiler writes come late and are announced here only.
  clang::ASTMutationListener* GetASTMutationListener() override { return this; }
  void CompletedImplicitDefinition(const clang::FunctionDecl* function) override {
    marker_.VisitFunctionDecl(const_cast<clang::FunctionDecl*>(function));
  }

 private:
  Marker marker_;
};

std::string PathOfThisPlugin() {
  Dl_info info = {};
  dladdr(reinterpret_cast<void*>(&RegisterFrontendAction), &info);
  return info.dli_fname;
}

// lib/ftrace/llvm-NN.so belongs to lib/libftrace.so.
std::string PathOfLoader() {
  const std::string path = PathOfThisPlugin();
  return path.substr(0, path.rfind('/', path.rfind('/') - 1) + 1) + "libftrace.so";
}

// Not warnings: builds with -Werror stay green. Not silent either.
void TellOfLostPads(clang::CompilerInstance& compiler) {
  clang::DiagnosticsEngine& diagnostics = compiler.getDiagnostics();
  const llvm::Triple& triple = compiler.getTarget().getTriple();
  if (TraitsOf(triple) == nullptr) {
    diagnostics.Report(diagnostics.getCustomDiagID(
        clang::DiagnosticsEngine::Remark,
        "ftrace: no pads for target '%0': there are for ELF on x86_64, i386, aarch64, arm, mips, "
        "mips64, riscv64, ppc64le and s390x"))
        << triple.str();
    return;
  }
  for (const std::string& argument : compiler.getFrontendOpts().LLVMArgs) {
    if (argument != "-enable-ipra" && argument != "--enable-ipra") continue;
    diagnostics.Report(diagnostics.getCustomDiagID(
        clang::DiagnosticsEngine::Remark,
        "ftrace: no pads with interprocedural register allocation: compile without %0"))
        << argument;
    return;
  }
  const clang::CodeGenOptions& options = compiler.getCodeGenOpts();
  if (options.PrepareForLTO || options.PrepareForThinLTO) {
    diagnostics.Report(diagnostics.getCustomDiagID(
        clang::DiagnosticsEngine::Remark,
        "ftrace: with -flto the linker makes the pads: link with lld and -Wl,-mllvm,-load=%0"))
        << PathOfLoader();
  }
}

// False where the source is only checked, printed or stored (-fsyntax-only, precompiled headers).
bool EmitsCode(clang::frontend::ActionKind action) {
  switch (action) {
    case clang::frontend::EmitAssembly:
    case clang::frontend::EmitBC:
    case clang::frontend::EmitLLVM:
    case clang::frontend::EmitLLVMOnly:
    case clang::frontend::EmitCodeGenOnly:
    case clang::frontend::EmitObj:
      return true;
    default:
      return false;
  }
}

class Action : public clang::PluginASTAction {
 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef) override {
    if (!EmitsCode(compiler.getFrontendOpts().ProgramAction)) {
      return std::make_unique<clang::ASTConsumer>();
    }
    TellOfLostPads(compiler);
    AddPipelineCallback(compiler.getCodeGenOpts(), RegisterSelectPass, PathOfThisPlugin, 0);
    return std::make_unique<Consumer>(compiler.getASTContext());
  }

  bool ParseArgs(const clang::CompilerInstance& compiler,
                 const std::vector<std::string>& arguments) override {
    clang::DiagnosticsEngine& diagnostics = compiler.getDiagnostics();
    for (const std::string& argument : arguments) {
      const std::string error = State().options.Parse(argument);
      if (error.empty()) continue;
      const unsigned id =
          diagnostics.getCustomDiagID(clang::DiagnosticsEngine::Error, "ftrace: %0");
      diagnostics.Report(id) << error;
      return false;
    }
    return true;
  }

  ActionType getActionType() override { return AddBeforeMainAction; }
};

}  // namespace

void RegisterFrontendAction() {
  // The name is what -fplugin-arg-libftrace-... addresses.
  static clang::FrontendPluginRegistry::Add<Action> action("libftrace", "function entry pads");
}

}  // namespace ftrace
