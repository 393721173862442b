// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/missing_pads.h"

#include <fmt/format.h>

#include <algorithm>

#include "arch/arch_traits.h"

namespace ftrace {
namespace {

// Only the user knows by what a program was compiled and linked.
constexpr std::string_view kLinkFlags =
    "the flags that ftrace-config --compiler=CC --linker=LINKER --lto --ldflags prints";

// GCC's -flto without -ffat-lto-objects: all that it compiled is in such sections.
bool IsForGccLto(const ElfFile& file) {
  return file.relocatable() &&
         std::any_of(file.sections().begin(), file.sections().end(), [](const ElfSection& section) {
           return section.name.starts_with(".gnu.lto_");
         });
}

std::string WhyMissing(const Module& module) {
  const ElfFile& file = module.file;
  if (!IsKnownElf(file.machine(), file.elf_class())) {
    return fmt::format("the plugin makes none for ELF machine {} of {} bits", file.machine(),
                       file.word_size() * 8);
  }
  if (file.relocatable()) return std::string(kHowToCompile);
  if (module.table.has_note) {
    return fmt::format(
        "parts were compiled with the plugin, but the linker dropped every padded function; after "
        "-flto, link with {}",
        kLinkFlags);
  }
  return fmt::format("{}; after -flto, link with {}", kHowToCompile, kLinkFlags);
}

}  // namespace

Pads FindPads(const Module& module) {
  if (!module.table.records.empty()) return Pads::kPresent;
  if (module.functions.Count() != 0) return Pads::kMissing;
  if (IsForGccLto(module.file)) return Pads::kMadeAtLink;
  // Without its symbols a program does not tell whether it has functions.
  return module.file.has_full_symbols() ? Pads::kNothingToPad : Pads::kMissing;
}

std::string WhyNoPads(const Module& module) {
  switch (FindPads(module)) {
    case Pads::kPresent:
      break;
    case Pads::kNothingToPad:
      return "no functions";
    case Pads::kMadeAtLink:
      return "GCC's code for link-time optimisation, not checked: its pads are made at the link, "
             "which needs the flags that ftrace-config --compiler=gcc --lto --ldflags prints";
    case Pads::kMissing:
      if (module.functions.Count() == 0) return fmt::format("no pads: {}", WhyMissing(module));
      return fmt::format("{}: {}", module.PadSummary(), WhyMissing(module));
  }
  return "";
}

std::string WhySkipped(const SkippedFile& file) {
  if (!file.bitcode) return "no ELF file, not checked";
  return fmt::format(
      "LLVM's code for link-time optimisation, not checked: its pads are made at the link, which "
      "needs -fuse-ld=lld and the flags that ftrace-config --linker=lld --lto --ldflags prints");
}

}  // namespace ftrace
