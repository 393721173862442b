// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gcc-plugin/select.h"

#include "gcc-plugin/back_end.h"
#include "llvm-pass/symbol_names.h"

// Of libiberty, which the compiler contains; its header is not among a plugin's.
extern "C" char* cplus_demangle_v3(const char* mangled, int options);

namespace ftrace {
namespace {

constexpr int kWithParameters = 1;  // DMGL_PARAMS
constexpr int kAnsi = 2;            // DMGL_ANSI: const and the like

bool HasAttribute(tree decl, const char* name) {
  return lookup_attribute(name, DECL_ATTRIBUTES(decl)) != NULL_TREE ||
         lookup_attribute(name, TYPE_ATTRIBUTES(TREE_TYPE(decl))) != NULL_TREE;
}

std::string SymbolOf(tree decl) {
  const char* name = IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl));
  return name[0] == '*' ? name + 1 : name;  // "no further mangling"
}

// Adds all a user may call the function of this symbol by.
void AddNames(const std::string& function, std::vector<std::string>* names) {
  for (const std::string& symbol : NamesOfSymbol(function)) {
    names->push_back(symbol);
    for (const int options : {kWithParameters | kAnsi, 0}) {
      char* name = cplus_demangle_v3(symbol.c_str(), options);
      if (name != nullptr) names->emplace_back(name);
      free(name);
    }
  }
}

bool PassesNameFilters(tree decl, const Options& options) {
  if (!options.has_name_filters()) return true;
  std::vector<std::string> names;
  // A nested function and what the compiler takes out of a function go with that.
  for (tree at = decl; at != NULL_TREE; at = decl_function_context(at)) {
    AddNames(SymbolOf(at), &names);
  }
  const std::string target = ThunkTarget(SymbolOf(decl));
  if (!target.empty()) AddNames(target, &names);
  return options.SelectsName(names);
}

// Of the function that a thunk goes on to.
struct ThunkOwner {
  bool is_told_not_to;
  const char* file;
};

// By the symbol of the thunk.
std::map<std::string, ThunkOwner>& ThunkOwners() {
  static auto* const owners = new std::map<std::string, ThunkOwner>;
  return *owners;
}

const ThunkOwner* ThunkOwnerOf(tree decl) {
  const auto found = ThunkOwners().find(SymbolOf(decl));
  return found == ThunkOwners().end() ? nullptr : &found->second;
}

bool PassesFileFilters(tree decl, const Options& options) {
  if (!options.has_file_filters()) return true;
  const ThunkOwner* owner = ThunkOwnerOf(decl);
  if (owner != nullptr && owner->file != nullptr) return options.SelectsFile(owner->file);
  // As #line and the marks of preprocessed input say. What the compiler writes for the sake of the
  // file it compiles has no place of its own; a region of OpenMP has that of its function.
  const cgraph_node* node = cgraph_node::get(decl);
  const bool is_region = node != nullptr && node->parallelized_function;
  const bool has_place = is_region || !DECL_ARTIFICIAL(decl);
  const char* file = has_place ? DECL_SOURCE_FILE(decl) : nullptr;
  return options.SelectsFile(file != nullptr ? file : main_input_filename);
}

bool ToldNotToTrace(tree decl) {
  const ThunkOwner* owner = ThunkOwnerOf(decl);
  if (owner != nullptr && owner->is_told_not_to) return true;
  if (HasAttribute(decl, "no_instrument_function")) return true;
  const tree patchable = lookup_attribute("patchable_function_entry", DECL_ATTRIBUTES(decl));
  return patchable != NULL_TREE && integer_zerop(TREE_VALUE(TREE_VALUE(patchable)));
}

// Whether the function or an alias of it, at any remove, is a resolver.
bool IsResolver(const cgraph_node* node) {
  if (node == nullptr) return false;
  if (node->ifunc_resolver) return true;
  for (unsigned i = 0; i < node->ref_list.referring.length(); ++i) {
    const ipa_ref* reference = node->ref_list.referring[i];
    if (reference->use != IPA_REF_ALIAS) continue;
    if (IsResolver(dyn_cast<cgraph_node*>(reference->referring))) return true;
  }
  return false;
}

bool IsInterruptHandler(tree decl) {
  for (const char* name : {"interrupt", "interrupt_handler", "isr", "signal"}) {
    if (HasAttribute(decl, name)) return true;
  }
  return false;
}

// Null if there can be a pad, else why not.
const char* WhyIneligible(function* fun) {
  const tree decl = fun->decl;
  if (kBackEnd.traits() == nullptr) return "its target or instruction set mode has none";
  if (kBackEnd.why_options_ineligible() != nullptr) return kBackEnd.why_options_ineligible();
  // It runs while its module is being relocated: nothing may be called from it.
  if (IsResolver(cgraph_node::get(decl))) return "it is an ifunc resolver";
  if (HasAttribute(decl, "no_profile_instrument_function")) {
    return "it is not to be instrumented for a profile";
  }
  if (HasAttribute(decl, "naked")) return "it is naked";
  // The linker looks there for the check of the stack's size and changes it; a tracer would run on
  // what little stack is left.
  if (flag_split_stack && !HasAttribute(decl, "no_split_stack")) {
    return "-fsplit-stack begins it with a check of the stack";
  }
  if (IsInterruptHandler(decl)) return "it is an interrupt handler";
  // A stub keeps what a caller of a C function relies on, and no more.
  if (fntype_abi(TREE_TYPE(decl)).id() != default_function_abi.id() ||
      HasAttribute(decl, "no_caller_saved_registers")) {
    return "its calling convention is not that of C";
  }
  return kBackEnd.why_ineligible();
}

// What the compiler writes to register a module with a sanitizer or a profiler. Initialisers of the
// source have other names.
bool RegistersModule(tree decl) {
  const std::string prefix = SymbolOf(decl).substr(0, 7);
  return DECL_ARTIFICIAL(decl) && (prefix == "_sub_I_" || prefix == "_sub_D_");
}

bool HasFewerInstructions(unsigned limit) {
  unsigned count = 0;
  for (rtx_insn* insn = get_insns(); insn != nullptr && count < limit; insn = NEXT_INSN(insn)) {
    count += active_insn_p(insn) ? 1 : 0;
  }
  return count < limit;
}

}  // namespace

void LookAtThunks() {
  cgraph_node* node;
  FOR_EACH_FUNCTION(node) {
    const std::string symbol = SymbolOf(node->decl);
    const std::string target = ThunkTarget(symbol);
    if (target.empty()) continue;
    const cgraph_node* owner = cgraph_node::get_for_asmname(get_identifier(target.c_str()));
    if (owner == nullptr) continue;
    ThunkOwners()[symbol] = {ToldNotToTrace(owner->decl), DECL_SOURCE_FILE(owner->decl)};
  }
}

bool WantsPad(function* fun, const Options& options) {
  const tree decl = fun->decl;
  // Thunks are printed without instructions; __ftrace_ is the runtime's own.
  if (fun->is_thunk || SymbolOf(decl).compare(0, 9, "__ftrace_") == 0 || RegistersModule(decl)) {
    return false;
  }
  if (ToldNotToTrace(decl) || !PassesFileFilters(decl, options) ||
      !PassesNameFilters(decl, options) || HasFewerInstructions(options.min_insns())) {
    return false;
  }
  const char* reason = WhyIneligible(fun);
  if (reason == nullptr) return true;
  if (dump_enabled_p()) {
    dump_printf_loc(MSG_MISSED_OPTIMIZATION, dump_user_location_t::from_function_decl(decl),
                    "no pad in %s: %s\n", SymbolOf(decl).c_str(), reason);
  }
  return false;
}

}  // namespace ftrace
