// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pads and records as bytes of an object file, without text in between: LLVM makes an assembler for
// each piece of text, which takes longer than all the rest of a short function.
//
// Of x86 only. Elsewhere LLVM computes the reach of branches and places constants by the sizes of
// the machine instructions, so the pad has to be one: an INLINEASM, which is measured.
#ifndef FTRACE_LLVM_PASS_PAD_STREAMER_H_
#define FTRACE_LLVM_PASS_PAD_STREAMER_H_

#include <cstdint>

namespace llvm {
class MCSymbol;
class Pass;
}  // namespace llvm

namespace ftrace {

struct ArchTraits;

class PadStreamer {
 public:
  // The function that is printed with the annotation label `place` gets a pad there, and a record
  // with these facts of the function.
  virtual void Add(const llvm::MCSymbol& place, const ArchTraits& traits, uint32_t facts) = 0;

 protected:
  ~PadStreamer() = default;
};

// For the AsmPrinter that follows `pass` in its pass manager, and owned by it. Null where pads are
// text: -S, another target, no AsmPrinter. To be called once, before the AsmPrinter begins a
// module.
PadStreamer* AddPadStreamer(const llvm::Pass& pass);

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_PAD_STREAMER_H_
