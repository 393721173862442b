// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/arch_traits.h"

#include "arch/aarch64/traits.h"
#include "arch/arm/traits.h"
#include "arch/i386/traits.h"
#include "arch/mips/traits.h"
#include "arch/ppc64le/traits.h"
#include "arch/riscv/traits.h"
#include "arch/s390x/traits.h"
#include "arch/x86_64/traits.h"

namespace ftrace {
namespace {

constexpr const ArchTraits* kAll[] = {
    &x86_64::kTraits, &i386::kTraits,   &aarch64::kTraits, &arm::kA32Traits,  &arm::kThumb2Traits,
    &mips::k32Traits, &mips::k64Traits, &riscv::kTraits,   &ppc64le::kTraits, &s390x::kTraits,
};

bool BelongsTo(const ArchTraits& traits, unsigned elf_machine, unsigned elf_class) {
  return traits.elf_machine == elf_machine && traits.elf_class == elf_class;
}

}  // namespace

const ArchTraits* FindArchTraits(unsigned isa) {
  for (const ArchTraits* traits : kAll) {
    if (traits->isa == isa) return traits;
  }
  return nullptr;
}

const ArchTraits* FindArchTraits(unsigned isa, unsigned elf_machine, unsigned elf_class) {
  const ArchTraits* traits = FindArchTraits(isa);
  return traits != nullptr && BelongsTo(*traits, elf_machine, elf_class) ? traits : nullptr;
}

bool IsKnownElf(unsigned elf_machine, unsigned elf_class) {
  for (const ArchTraits* traits : kAll) {
    if (BelongsTo(*traits, elf_machine, elf_class)) return true;
  }
  return false;
}

}  // namespace ftrace
