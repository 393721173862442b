// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/pad_streamer.h"

#include <memory>
#include <utility>

#include "arch/arch_traits.h"
#include "llvm-pass/compat.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/CodeGen/MachineInstr.h"
#include "llvm/CodeGen/TargetOpcodes.h"
#include "llvm/IR/LegacyPassManagers.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCSectionELF.h"
#include "llvm/MC/MCSymbolELF.h"

namespace ftrace {
namespace {

using llvm::AsmPrinter;
using llvm::MCBinaryExpr;
using llvm::MCConstantExpr;
using llvm::MCSection;
using llvm::MCSymbol;
using llvm::MCSymbolRefExpr;

// Both x86. A printer of another name leaves the pads text.
constexpr llvm::StringRef kPrinterName = "X86 Assembly Printer";

class Handler final : public InstructionHandler<AsmPrinter>, public PadStreamer {
 public:
  explicit Handler(AsmPrinter* printer) : InstructionHandler(printer), printer_(*printer) {}

  void Add(const MCSymbol& place, const ArchTraits& traits, uint32_t facts) override {
    sites_[&place] = {&traits, facts};
  }

  void beginModule(llvm::Module*) override {
    sites_.clear();
    record_sections_.clear();
  }

  void beginInstruction(const llvm::MachineInstr* instruction) override {
    if (instruction->getOpcode() != llvm::TargetOpcode::ANNOTATION_LABEL) return;
    const auto site = sites_.find(instruction->getOperand(0).getMCSymbol());
    if (site == sites_.end()) return;
    const auto [traits, facts] = site->second;
    sites_.erase(site);
    const MCSymbol& pad = EmitPad(*traits);
    EmitRecord(pad, SiteFacts(*traits, facts));
  }

  void endModule() override {}
  void endInstruction() override {}

 private:
  struct Site {
    const ArchTraits* traits;
    uint32_t facts;
  };

  MCSymbol& EmitLabel() {
    MCSymbol* label = printer_.OutContext.createTempSymbol();
    printer_.OutStreamer->emitLabel(label);
    return *label;
  }

  // What PadAssembly() says. An x86 pad is all constant.
  const MCSymbol& EmitPad(const ArchTraits& traits) {
    printer_.emitAlignment(llvm::Align(traits.pad_alignment));
    const MCSymbol& pad = EmitLabel();
    const auto* bytes = reinterpret_cast<const char*>(traits.pad_bytes);
    printer_.OutStreamer->emitBytes(llvm::StringRef(bytes, traits.pad_size));
    return pad;
  }

  // What RecordAssembly() says: struct ftrace_site.
  void EmitRecord(const MCSymbol& pad, uint32_t facts) {
    llvm::MCStreamer& streamer = *printer_.OutStreamer;
    MCSection* text = streamer.getCurrentSectionOnly();
    SwitchSection(streamer, RecordSection(*text), 0);
    printer_.emitLabelDifference(&pad, &EmitLabel(), sizeof(ftrace_site::pad));
    llvm::MCContext& context = printer_.OutContext;
    const llvm::MCExpr* lead =
        MCBinaryExpr::createSub(MCSymbolRefExpr::create(&pad, context),
                                MCSymbolRefExpr::create(printer_.CurrentFnSym, context), context);
    const llvm::MCExpr* shift = MCConstantExpr::create(FTRACE_SITE_LEAD_SHIFT, context);
    streamer.emitValue(MCBinaryExpr::createAdd(MCBinaryExpr::createShl(lead, shift, context),
                                               MCConstantExpr::create(facts, context), context),
                       sizeof(ftrace_site::facts));
    SwitchSection(streamer, text, 0);
  }

  // Linked to the section of the pad and in its group, so that the linker drops both or none.
  MCSection* RecordSection(const MCSection& text) {
    MCSection*& section = record_sections_[&text];
    if (section != nullptr) return section;
    const auto& elf = static_cast<const llvm::MCSectionELF&>(text);
    unsigned flags = llvm::ELF::SHF_ALLOC | llvm::ELF::SHF_LINK_ORDER;
    if (elf.getGroup() != nullptr) flags |= llvm::ELF::SHF_GROUP;
    section = printer_.OutContext.getELFSection(
        FTRACE_SITE_SECTION, llvm::ELF::SHT_PROGBITS, flags, 0, elf.getGroup(), elf.isComdat(),
        MCSection::NonUniqueID, static_cast<const llvm::MCSymbolELF*>(printer_.CurrentFnSym));
    section->setAlignment(llvm::Align(alignof(ftrace_site)));
    return section;
  }

  AsmPrinter& printer_;
  llvm::DenseMap<const MCSymbol*, Site> sites_;
  llvm::DenseMap<const MCSection*, MCSection*> record_sections_;
};

// The member is protected, and a derived class may name it.
struct Access : llvm::PMDataManager {
  static auto Passes() { return &Access::PassVector; }
};

AsmPrinter* FindPrinter(llvm::PMDataManager& manager) {
  for (llvm::Pass* pass : manager.*Access::Passes()) {
    llvm::PMDataManager* inner = pass->getAsPMDataManager();
    if (inner == nullptr && pass->getPassName() == kPrinterName) {
      return static_cast<AsmPrinter*>(pass);
    }
    AsmPrinter* printer = inner == nullptr ? nullptr : FindPrinter(*inner);
    if (printer != nullptr) return printer;
  }
  return nullptr;
}

}  // namespace

PadStreamer* AddPadStreamer(const llvm::Pass& pass) {
  llvm::PMDataManager* manager = &pass.getResolver()->getPMDataManager();
  while (llvm::AnalysisResolver* outer = manager->getAsPass()->getResolver()) {
    manager = &outer->getPMDataManager();
  }
  AsmPrinter* printer = FindPrinter(*manager);
  if (printer == nullptr || printer->OutStreamer->hasRawTextSupport()) return nullptr;
  auto handler = std::make_unique<Handler>(printer);
  PadStreamer* streamer = handler.get();
  AddInstructionHandler(*printer, std::move(handler));
  return streamer;
}

}  // namespace ftrace
