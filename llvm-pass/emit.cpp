// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/emit.h"

#include <memory>
#include <string>

#include "arch/arch_traits.h"
#include "arch/assembly_text.h"
#include "llvm-pass/compat.h"
#include "llvm-pass/eligibility.h"
#include "llvm-pass/facts.h"
#include "llvm-pass/pad_streamer.h"
#include "llvm-pass/select.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/CodeGen/MachineFunction.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/Passes.h"
#include "llvm/CodeGen/TargetInstrInfo.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/InitializePasses.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCSymbol.h"
#include "llvm/PassInfo.h"
#include "llvm/PassRegistry.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetLoweringObjectFile.h"
#include "llvm/Target/TargetMachine.h"

namespace ftrace {
namespace {

using llvm::MachineBasicBlock;
using llvm::MachineFunction;
using llvm::MachineFunctionPass;

// As the assembler wants to read it: prefix of the IR name dropped, quoted where it must be.
std::string SymbolText(const MachineFunction& function) {
  const llvm::TargetMachine& target = function.getTarget();
  std::string text;
  llvm::raw_string_ostream stream(text);
  target.getSymbol(&function.getFunction())->print(stream, target.getMCAsmInfo());
  return stream.str();
}

// `$` starts an operand in the text of an INLINEASM.
std::string EscapeOperands(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '$') result += '$';
    result += c;
  }
  return result;
}

// The dialects of x86 in LLVM: 0 is AT&T, 1 is Intel.
bool IsIntelSyntax(const MachineFunction& function) {
  const llvm::TargetMachine& target = function.getTarget();
  return target.getTargetTriple().isX86() && target.getMCAsmInfo()->getAssemblerDialect() == 1;
}

bool HasFewerInstructions(const MachineFunction& function, unsigned limit) {
  unsigned count = 0;
  for (const MachineBasicBlock& block : function) {
    for (const llvm::MachineInstr& instruction : block) {
      if (count >= limit) return false;
      count += instruction.isMetaInstruction() ? 0 : 1;
    }
  }
  return count < limit;
}

bool WantsPad(const MachineFunction& function) {
  const llvm::Attribute attribute = function.getFunction().getFnAttribute(kPadAttribute);
  if (!attribute.isValid()) return false;
  unsigned limit = 0;
  if (!attribute.getValueAsString().getAsInteger(10, limit) &&
      HasFewerInstructions(function, limit)) {
    return false;
  }
  const char* reason =
      WhyIneligible(function.getFunction(), function.getTarget().getTargetTriple());
  if (reason != nullptr) TellNoPad(function.getFunction(), reason);
  return reason == nullptr;
}

// The block that control enters through once: a loop may go back to the first one.
MachineBasicBlock& EntryBlock(MachineFunction& function) {
  MachineBasicBlock& first = function.front();
  if (first.pred_empty()) return first;
  MachineBasicBlock* entry = function.CreateMachineBasicBlock();
  function.insert(function.begin(), entry);
  entry->addSuccessor(&first);
  for (const auto& live_in : first.liveins()) entry->addLiveIn(live_in);
  return *entry;
}

// A label is a boundary for schedulers that run later: nothing of the body moves above the pad.
const llvm::MCSymbol& InsertLabel(MachineBasicBlock& entry) {
  MachineFunction& function = *entry.getParent();
  llvm::MCSymbol* label = function.getContext().createTempSymbol();
  BuildMI(entry, entry.begin(), llvm::DebugLoc(),
          function.getSubtarget().getInstrInfo()->get(llvm::TargetOpcode::ANNOTATION_LABEL))
      .addSym(label);
  return *label;
}

// No location and part of the frame set-up: a debugger's breakpoint stays on the body.
void InsertText(MachineBasicBlock& entry, const std::string& text) {
  MachineFunction& function = *entry.getParent();
  BuildMI(entry, entry.begin(), llvm::DebugLoc(),
          function.getSubtarget().getInstrInfo()->get(llvm::TargetOpcode::INLINEASM))
      .addExternalSymbol(function.createExternalSymbolName(EscapeOperands(text)))
      .addImm(llvm::InlineAsm::Extra_HasSideEffects)
      .setMIFlag(llvm::MachineInstr::FrameSetup);
}

// The member is protected, and a derived class may name it.
struct Access : MachineFunctionPass {
  static auto Run() { return &Access::runOnMachineFunction; }
};

// Takes the place of LLVM's patchable-function pass, which every target runs after prologues are
// there and before landing pads go in front of them. LLVM's own pass runs first, so that
// -fpatchable-function-entry keeps working.
class PadPass : public MachineFunctionPass {
 public:
  explicit PadPass(MachineFunctionPass* replaced)
      : MachineFunctionPass(llvm::PatchableFunctionID), replaced_(replaced) {}

  llvm::StringRef getPassName() const override { return "ftrace pads"; }

  bool doInitialization(llvm::Module&) override {
    note_is_out_ = false;
    link_order_.clear();
    if (streamer_ == nullptr) streamer_ = AddPadStreamer(*this);
    return false;
  }

  bool runOnMachineFunction(MachineFunction& function) override {
    const bool changed = (replaced_.get()->*Access::Run())(function);
    return EmitPad(function) || changed;
  }

 private:
  bool EmitPad(MachineFunction& function) {
    if (!WantsPad(function)) return false;
    const ArchTraits* traits = TraitsOf(function);
    if (traits == nullptr) {
      TellNoPad(function.getFunction(), "its target or instruction set mode has none");
      return false;
    }
    // With interprocedural register allocation a caller keeps values in registers that it knows its
    // callee not to touch; code behind a pad would. The frontend has said so.
    if (function.getTarget().Options.EnableIPRA) return false;
    function.ensureAlignment(llvm::Align(traits->pad_alignment));
    MachineBasicBlock& entry = EntryBlock(function);
    // The note goes out with the first pad: an object without pads is left as it would be.
    const std::string note =
        note_is_out_ ? std::string() : ModuleAssembly(*traits, IsIntelSyntax(function));
    note_is_out_ = true;
    if (streamer_ != nullptr) {
      if (!note.empty()) InsertText(entry, note);
      streamer_->Add(InsertLabel(entry), *traits, FactsOf(function));
    } else {
      InsertLabel(entry);
      InsertText(entry, SiteAssembly(function, *traits) + note);
    }
    return true;
  }

  // Pad and record.
  std::string SiteAssembly(const MachineFunction& function, const ArchTraits& traits) {
    const std::string label = ".Lftrace_pad" + std::to_string(function.getFunctionNumber());
    return PadAssembly(traits, label) + RecordAssembly(traits, label,
                                                       LinkOrderLabel(function, label),
                                                       SymbolText(function), FactsOf(function));
  }

  // The first pad's label in the function's section.
  std::string LinkOrderLabel(const MachineFunction& machine_function, const std::string& label) {
    const llvm::Function& function = machine_function.getFunction();
    const llvm::TargetMachine& target = machine_function.getTarget();
    // A section of its own, or perhaps. Asking for it once more could make another one.
    if (target.getFunctionSections() || function.hasComdat() ||
        target.getBBSectionsType() != llvm::BasicBlockSection::None ||
        target.Options.EnableMachineFunctionSplitter) {
      return label;
    }
    const llvm::MCSection* section =
        target.getObjFileLowering()->SectionForGlobal(&function, target);
    return link_order_.try_emplace(section, label).first->second;
  }

  llvm::DenseMap<const llvm::MCSection*, std::string> link_order_;
  std::unique_ptr<MachineFunctionPass> replaced_;
  PadStreamer* streamer_ = nullptr;  // of the AsmPrinter; null where it prints text
  bool note_is_out_ = false;
};

llvm::PassInfo::NormalCtor_t replaced_constructor = nullptr;

llvm::Pass* CreatePadPass() {
  return new PadPass(static_cast<MachineFunctionPass*>(replaced_constructor()));
}

}  // namespace

void InstallEmitPass() {
  llvm::PassRegistry& registry = *llvm::PassRegistry::getPassRegistry();
  llvm::initializeCodeGen(registry);
  // Every target adds the pass by its ID, so the registry is the one place that reaches them all.
  auto* info = const_cast<llvm::PassInfo*>(registry.getPassInfo(&llvm::PatchableFunctionID));
  if (info == nullptr || replaced_constructor != nullptr) return;
  replaced_constructor = info->getNormalCtor();
  info->setNormalCtor(CreatePadPass);
}

}  // namespace ftrace
