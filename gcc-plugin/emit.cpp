// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pass decides and takes what would come first out of the way; the hook that prints a function's
// prologue prints the pad. It is called after .cfi_startproc and before the first instruction, so
// the pad is unwound through like every instruction, and no length, literal pool or branch range of
// the function has to know of it.
#include "gcc-plugin/emit.h"

#include "arch/assembly_text.h"
#include "gcc-plugin/back_end.h"
#include "gcc-plugin/facts.h"
#include "gcc-plugin/gcc_headers.h"
#include "gcc-plugin/select.h"
#include "gcc-plugin/state.h"

namespace ftrace {
namespace {

// The pad of the function that is being compiled: GCC takes one function through all RTL passes and
// prints it before it begins the next.
struct Pad {
  tree function = NULL_TREE;
  bool takes_frame_address = false;
  bool is_printed = false;
  bool calls_profiler = false;         // what -pg prints in front of the prologue
  unsigned short patch_area_size = 0;  // nops of -fpatchable-function-entry, behind the label
  bool records_patch_area = false;
  const char* landing_pad = nullptr;
};
Pad pad;

void (*replaced_function_prologue)(FILE*);
void (*replaced_patch_area)(FILE*, unsigned HOST_WIDE_INT, bool);

// The text of a symbol as the assembler knows it.
std::string AssemblyName(tree decl) {
  char* text = nullptr;
  size_t size = 0;
  FILE* stream = open_memstream(&text, &size);
  if (stream == nullptr)
    fatal_error(UNKNOWN_LOCATION, "ftrace: no memory for the name of a symbol");
  assemble_name(stream, XSTR(XEXP(DECL_RTL(decl), 0), 0));
  fclose(stream);
  const std::string name(text, size);
  free(text);
  return name;
}

// The first pad's label in the section that is being printed.
const std::string& LinkOrderLabel(const std::string& label) {
  static std::map<const section*, std::string> labels;
  return labels.try_emplace(in_section, label).first->second;
}

std::string PadText() {
  static unsigned count = 0;
  const ArchTraits& traits = *kBackEnd.traits();
  const std::string label = ".Lftrace_pad" + std::to_string(count);
  std::string text =
      PadAssembly(traits, label) + RecordAssembly(traits, label, LinkOrderLabel(label),
                                                  AssemblyName(pad.function),
                                                  FactsOf(cfun, pad.takes_frame_address));
  // The note goes out with the first pad: an object without pads is left as it would be.
  if (count == 0) text += ModuleAssembly(traits, kBackEnd.is_intel_syntax());
  ++count;
  return text;
}

// targetm.asm_out.function_prologue. Thunks come here as well, without any pass.
void PrintPrologue(FILE* file) {
  // First: MIPS prints the label and the set-up of $gp, ppc64le the global entry point.
  replaced_function_prologue(file);
  if (pad.function == NULL_TREE || pad.function != current_function_decl || cfun->is_thunk) return;
  if (pad.landing_pad != nullptr) fprintf(file, "\t%s\n", pad.landing_pad);
  fputs(PadText().c_str(), file);
  if (pad.patch_area_size > 0) {
    default_print_patchable_function_entry(file, pad.patch_area_size, pad.records_patch_area);
  }
  if (pad.calls_profiler) FUNCTION_PROFILER(file, current_function_funcdef_no);
  pad.function = NULL_TREE;
  pad.is_printed = true;
}

// targetm.asm_out.print_patchable_function_entry, called for what is in front of the label and for
// what is behind it; the first of them makes the record. The compiler has aligned what it prints
// next: with nops in front of the label, these. It is the label, and so the pad, that has to be.
void PrintPatchArea(FILE* file, unsigned HOST_WIDE_INT nops, bool record) {
  const bool is_in_front = crtl->patch_area_entry > 0 && record;
  if (is_in_front && pad.function != NULL_TREE && pad.function == current_function_decl) {
    const unsigned alignment = kBackEnd.traits()->pad_alignment;
    const auto misaligned =
        static_cast<unsigned>(nops * kBackEnd.patch_area_nop_size() % alignment);
    fputs(kBackEnd.instruction_set_directive(), file);
    if (misaligned != 0) fprintf(file, "\t.skip\t%u\n", alignment - misaligned);
  }
  replaced_patch_area(file, nops, record);
}

// Where the target prints the call of -pg in front of the prologue, which is in front of the pad,
// the hook prints it instead, behind the pad.
static_assert(NO_PROFILE_COUNTERS, "with counters the call is not all that -pg prints");
void TakeProfiler() {
  pad.calls_profiler = crtl->profile && targetm.profile_before_prologue();
  if (pad.calls_profiler) crtl->profile = 0;
}

// The same for the nops that come with the label.
void TakePatchArea() {
  if (kBackEnd.is_patch_area_instruction || crtl->patch_area_size <= crtl->patch_area_entry) return;
  pad.patch_area_size = static_cast<unsigned short>(crtl->patch_area_size - crtl->patch_area_entry);
  pad.records_patch_area = crtl->patch_area_entry == 0;
  crtl->patch_area_size = crtl->patch_area_entry;
}

void RaiseAlignment(tree decl, unsigned bits) {
  if (DECL_ALIGN(decl) >= bits) return;
  // GCC's macro narrows to the width of its field.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
  SET_DECL_ALIGN(decl, bits);
#pragma GCC diagnostic pop
}

void PreparePad(function* fun) {
  rtx_insn* first = get_insns();
  while (first != nullptr && !NONDEBUG_INSN_P(first)) first = NEXT_INSN(first);
  pad.landing_pad = kBackEnd.take_landing_pad(first);
  TakeProfiler();
  TakePatchArea();
  RaiseAlignment(fun->decl, kBackEnd.traits()->pad_alignment * BITS_PER_UNIT);
  pad.function = fun->decl;
}

// ---- Passes, in the order they run in --------------------------------------------------------

constexpr pass_data PassData(opt_pass_type type, const char* name) {
  return {type, name, OPTGROUP_OTHER, TV_NONE, 0, 0, 0, 0, 0};
}

constexpr pass_data kLookPass = PassData(GIMPLE_PASS, "ftrace_look");
constexpr pass_data kPadPass = PassData(RTL_PASS, "ftrace_pad");
constexpr pass_data kCallersPass = PassData(RTL_PASS, "ftrace_callers");

// Looks at what is lost in instructions.
class LookPass : public gimple_opt_pass {
 public:
  explicit LookPass(gcc::context* context) : gimple_opt_pass(kLookPass, context) {}
  unsigned execute(function* fun) override {
    pad = Pad();
    pad.takes_frame_address = TakesFrameAddress(fun);
    return 0;
  }
};

// Prepares the pad when the instructions are final.
class PadPass : public rtl_opt_pass {
 public:
  explicit PadPass(gcc::context* context) : rtl_opt_pass(kPadPass, context) {}
  unsigned execute(function* fun) override {
    if (WantsPad(fun, PluginState().options)) PreparePad(fun);
    return 0;
  }
};

// GCC tells callers more of a function it has compiled than the convention does; code behind a pad
// keeps to the convention only. With -fipa-ra a caller keeps values in registers that it knows its
// callee not to touch: as far as callers are told, a function with a pad touches all it may. With
// -fipa-stack-alignment a caller aligns the stack no more than its callee needs: a function with a
// pad needs it as aligned as any. This pass is right behind the one that writes down the truth
// about registers and before the one that does for the stack, so no caller sees that; and an
// `optimize` attribute, which switches these options back on, does not matter.
class CallersPass : public rtl_opt_pass {
 public:
  explicit CallersPass(gcc::context* context) : rtl_opt_pass(kCallersPass, context) {}
  unsigned execute(function* fun) override {
    if (!pad.is_printed) return 0;
    cgraph_rtl_info* info = cgraph_node::rtl_info(fun->decl);
    if (info != nullptr) SET_HARD_REG_SET(info->function_used_regs);
    const unsigned boundary = PREFERRED_STACK_BOUNDARY;
    crtl->preferred_stack_boundary = MAX(crtl->preferred_stack_boundary, boundary);
    return 0;
  }
};

void RegisterPass(const char* plugin_name, opt_pass* pass, const char* reference,
                  pass_positioning_ops position) {
  register_pass_info info = {pass, reference, 1, position};
  register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, nullptr, &info);
}

}  // namespace

void InstallEmitPasses(const char* plugin_name) {
  // The last of GIMPLE.
  RegisterPass(plugin_name, new LookPass(g), "optimized", PASS_POS_INSERT_AFTER);
  // Behind all that puts landing pads, literal pools and delay slots in place.
  RegisterPass(plugin_name, new PadPass(g), "shorten", PASS_POS_INSERT_BEFORE);
  RegisterPass(plugin_name, new CallersPass(g), "final", PASS_POS_INSERT_AFTER);
  replaced_function_prologue = targetm.asm_out.function_prologue;
  targetm.asm_out.function_prologue = PrintPrologue;
  replaced_patch_area = targetm.asm_out.print_patchable_function_entry;
  targetm.asm_out.print_patchable_function_entry = PrintPatchArea;
}

}  // namespace ftrace
