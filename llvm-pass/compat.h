// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Everything in which the LLVM majors differ. Headers that moved and members that came or went are
// detected, so that a further major needs a line here only where it is really different.
#ifndef FTRACE_LLVM_PASS_COMPAT_H_
#define FTRACE_LLVM_PASS_COMPAT_H_

#if __has_include("llvm/TargetParser/Triple.h")
#include "llvm/TargetParser/Triple.h"
#else
#include "llvm/ADT/Triple.h"
#endif

#if __has_include("llvm/Plugins/PassPlugin.h")
#include "llvm/Plugins/PassPlugin.h"
#else
#include "llvm/Passes/PassPlugin.h"
#endif

#include <memory>
#include <string>
#include <utility>

#include "llvm/CodeGen/AsmPrinter.h"
#include "llvm/CodeGen/AsmPrinterHandler.h"
#include "llvm/CodeGen/DebugHandlerBase.h"
#include "llvm/MC/MCStreamer.h"

namespace ftrace {

// Makes Clang run the select pass. Later majors take a callback; before, Clang is handed this
// library as a pass plugin, found by path.
template <typename CodeGenOptions, typename Callback, typename FindPath>
auto AddPipelineCallback(CodeGenOptions& options, Callback callback, FindPath, int)
    -> decltype(static_cast<void>(options.PassBuilderCallbacks)) {
  options.PassBuilderCallbacks.push_back(callback);
}
template <typename CodeGenOptions, typename Callback, typename FindPath>
void AddPipelineCallback(CodeGenOptions& options, Callback, FindPath find_path, long) {
  options.PassPlugins.push_back(find_path());
}

// Base of what is told of every instruction that an AsmPrinter prints. Some majors tell it to
// handlers of debug information only.
template <typename Printer, typename = void>
struct InstructionHandler : llvm::AsmPrinterHandler {
  explicit InstructionHandler(Printer*) {}
  void beginFunction(const llvm::MachineFunction*) override {}
  void endFunction(const llvm::MachineFunction*) override {}
  void setSymbolSize(const llvm::MCSymbol*, uint64_t) {}  // some majors ask for it
};
template <typename Printer>
struct InstructionHandler<Printer, decltype(static_cast<void>(&Printer::addDebugHandler))>
    : llvm::DebugHandlerBase {
  // Without Asm, as LLVM has it for a module without debug information, the base does nothing.
  explicit InstructionHandler(Printer* printer) : llvm::DebugHandlerBase(printer) { Asm = nullptr; }
  void beginFunctionImpl(const llvm::MachineFunction*) override {}
  void endFunctionImpl(const llvm::MachineFunction*) override {}
};

// One of these fits a major.
template <typename Printer, typename Handler>
auto AddInstructionHandler(Printer& printer, std::unique_ptr<Handler> handler)
    -> decltype(static_cast<void>(printer.addDebugHandler(std::move(handler)))) {
  printer.addDebugHandler(std::move(handler));
}
template <typename Printer, typename Handler>
auto AddInstructionHandler(Printer& printer, std::unique_ptr<Handler> handler)
    -> decltype(static_cast<void>(printer.addAsmPrinterHandler(std::move(handler)))) {
  printer.addAsmPrinterHandler(std::move(handler));
}
template <typename Printer, typename Handler, typename Info = typename Printer::HandlerInfo>
void AddInstructionHandler(Printer& printer, std::unique_ptr<Handler> handler) {
  printer.addAsmPrinterHandler(
      Info(std::move(handler), "ftrace", "ftrace pads", "ftrace", "ftrace"));
}

template <typename Streamer>
auto SwitchSection(Streamer& streamer, llvm::MCSection* section, int)
    -> decltype(static_cast<void>(streamer.switchSection(section))) {
  streamer.switchSection(section);
}
template <typename Streamer>
void SwitchSection(Streamer& streamer, llvm::MCSection* section, long) {
  streamer.SwitchSection(section);
}

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_COMPAT_H_
