// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/arch_traits.h"

#include "arch/x86_64/traits.h"

namespace ftrace {
namespace {

constexpr const ArchTraits* kAll[] = {&x86_64::kTraits};

}  // namespace

const ArchTraits* FindArchTraits(unsigned isa) {
  for (const ArchTraits* traits : kAll) {
    if (traits->isa == isa) return traits;
  }
  return nullptr;
}

const ArchTraits* FindArchTraits(unsigned elf_machine, unsigned elf_class) {
  for (const ArchTraits* traits : kAll) {
    if (traits->elf_machine == elf_machine && traits->elf_class == elf_class) return traits;
  }
  return nullptr;
}

}  // namespace ftrace
