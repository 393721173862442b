// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The only file that uses Clang. Its references are made weak after compilation, so that the plugin
// also loads where there is no Clang: opt, llc, LTO linkers.
#include "llvm-pass/frontend.h"

#include <dlfcn.h>

#include <memory>
#include <string>
#include <utility>
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
#include "clang/Serialization/ASTDeserializationListener.h"
#include "llvm-pass/compat.h"
#include "llvm-pass/facts.h"
#include "llvm-pass/marks.h"
#include "llvm-pass/select.h"

namespace ftrace {
namespace {

// The type of an ID differs between majors.
template <typename Member>
struct FirstParameter;
template <typename Class, typename First, typename Second>
struct FirstParameter<void (Class::*)(First, Second)> {
  using Type = First;
};
using DeclId = FirstParameter<decltype(&clang::ASTDeserializationListener::DeclRead)>::Type;

// Marks the functions whose source says whether they are traced. Bodies are not visited: what they
// declare is announced by other ways, see Consumer.
class Marker : public clang::RecursiveASTVisitor<Marker> {
 public:
  explicit Marker(clang::ASTContext& context) : context_(context) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return State().options.has_file_filters(); }
  bool TraverseStmt(clang::Stmt*) { return true; }

  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    const Mark mark = MarkOf(*function);
    if (mark == Mark::kNone) return true;
    if (llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(function)) {
      structors_.emplace_back(function, mark);
    }
    if (!IsAnnotated(*function)) {
      const llvm::StringRef text = mark == Mark::kTrace ? kTraceAnnotation : kNoTraceAnnotation;
      function->addAttr(clang::AnnotateAttr::CreateImplicit(context_, text, nullptr, 0));
    }
    return true;
  }

  // Clang does not emit annotations of constructors and destructors. To be called while the AST is
  // there but complete: names may depend on what is declared later.
  void NameStructors() {
    clang::ASTNameGenerator generator(context_);
    for (const auto& [function, mark] : structors_) {
      if (function->isDependentContext()) continue;
      for (const std::string& name : generator.getAllManglings(function)) {
        State().structors[name] = mark;
      }
    }
    structors_.clear();
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
    // As #line and the marks of preprocessed input say: -save-temps changes no choice.
    const clang::SourceManager& sources = context_.getSourceManager();
    const clang::PresumedLoc place =
        sources.getPresumedLoc(sources.getExpansionLoc(function.getLocation()));
    if (place.isInvalid()) return Mark::kNone;
    return State().options.SelectsFile(place.getFilename()) ? Mark::kTrace : Mark::kNoTrace;
  }

  static bool IsAnnotated(const clang::FunctionDecl& function) {
    for (const auto* attribute : function.specific_attrs<clang::AnnotateAttr>()) {
      const llvm::StringRef text = attribute->getAnnotation();
      if (text == kTraceAnnotation || text == kNoTraceAnnotation) return true;
    }
    return false;
  }

  clang::ASTContext& context_;
  std::vector<std::pair<clang::FunctionDecl*, Mark>> structors_;
};

// Sees every function before code generation does.
class Consumer : public clang::ASTConsumer,
                 public clang::ASTMutationListener,
                 public clang::ASTDeserializationListener {
 public:
  explicit Consumer(clang::ASTContext& context) : marker_(context) {}

  bool HandleTopLevelDecl(clang::DeclGroupRef group) override {
    for (clang::Decl* declaration : group) marker_.TraverseDecl(declaration);
    return true;
  }
  void HandleInlineFunctionDefinition(clang::FunctionDecl* function) override {
    marker_.VisitFunctionDecl(function);
  }

  // Members the compiler writes come late and are announced here only.
  clang::ASTMutationListener* GetASTMutationListener() override { return this; }
  void CompletedImplicitDefinition(const clang::FunctionDecl* function) override {
    marker_.VisitFunctionDecl(const_cast<clang::FunctionDecl*>(function));
  }
  // Lambdas and classes inside of functions.
  void CompletedTagDefinition(const clang::TagDecl* tag) override {
    const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(tag);
    if (record == nullptr || (!record->isLambda() && !record->isLocalClass())) return;
    for (clang::CXXMethodDecl* method : record->methods()) marker_.VisitFunctionDecl(method);
  }

  // Functions of precompiled headers and modules, which may have been made without this plugin.
  // Code generation reads those that it gets to only then.
  clang::ASTDeserializationListener* GetASTDeserializationListener() override { return this; }
  void DeclRead(DeclId, const clang::Decl* declaration) override {
    auto* function = llvm::dyn_cast<clang::FunctionDecl>(const_cast<clang::Decl*>(declaration));
    if (function == nullptr) return;
    marker_.VisitFunctionDecl(function);
    if (parsed_) marker_.NameStructors();
  }

  void HandleTranslationUnit(clang::ASTContext&) override {
    parsed_ = true;
    marker_.NameStructors();
  }

 private:
  Marker marker_;
  bool parsed_ = false;
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

// Not a warning: builds with -Werror stay green. Not silent either. `argument` is %0 of the text.
template <unsigned kSize>
void Remark(clang::CompilerInstance& compiler, const char (&text)[kSize],
            const std::string& argument = "") {
  clang::DiagnosticsEngine& diagnostics = compiler.getDiagnostics();
  diagnostics.Report(diagnostics.getCustomDiagID(clang::DiagnosticsEngine::Remark, text))
      << argument;
}

void TellOfLostPads(clang::CompilerInstance& compiler) {
  const llvm::Triple& triple = compiler.getTarget().getTriple();
  if (TraitsOf(triple) == nullptr) {
    return Remark(compiler,
                  "ftrace: no pads for target '%0': there are for ELF on x86_64, i386, aarch64, "
                  "arm, mips, mips64, riscv64, ppc64le and s390x",
                  triple.str());
  }
  for (const std::string& argument : compiler.getFrontendOpts().LLVMArgs) {
    if (argument != "-enable-ipra" && argument != "--enable-ipra") continue;
    return Remark(compiler,
                  "ftrace: no pads with interprocedural register allocation: compile without %0",
                  argument);
  }
  const clang::CodeGenOptions& options = compiler.getCodeGenOpts();
  if (options.EnableSegmentedStacks) {
    return Remark(compiler, "ftrace: no pads with -fsplit-stack: compile without it");
  }
  // The driver does so for -save-temps, and compiles the bitcode later, without a frontend.
  if (options.DisableLLVMPasses) {
    return Remark(compiler,
                  "ftrace: no pads without LLVM's passes: compile without -save-temps, "
                  "which disables them");
  }
  if (options.PrepareForLTO || options.PrepareForThinLTO) {
    Remark(compiler,
           "ftrace: with -flto the linker makes the pads: link with lld and -Wl,-mllvm,-load=%0",
           PathOfLoader());
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
