// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known of an instruction set without running on it: one constexpr table entry for each,
// built for every ISA on every host. The compiler plugins, `ftrace check` and the tests read it; a
// runtime uses the entry of the ISA it was built for. C++17 and free of the C++ library, because
// the plugins and the runtime include it.
#ifndef FTRACE_ARCH_ARCH_TRAITS_H_
#define FTRACE_ARCH_ARCH_TRAITS_H_

#include <cstddef>
#include <cstdint>

#include "arch/site.h"

namespace ftrace {

inline constexpr size_t kMaxPadSize = 8;

struct ArchTraits {
  uint8_t isa;           // FTRACE_ISA_*
  const char* name;      // as in arch/<name>/
  uint16_t elf_machine;  // EM_*
  uint8_t elf_class;     // ELFCLASS*
  // R_*: 32 bits relative to the place, as the records of a relocatable file have it.
  uint16_t elf_record_relocation;

  uint8_t pad_size;
  uint8_t pad_alignment;             // what the plugins ask for
  uint8_t patch_unit;                // the live instruction lies within one such aligned unit
  uint8_t pad_bytes[kMaxPadSize];    // disabled, as the compiler emits it
  const char* pad_assembly;          // the same as text, without label and alignment
  const char* alignment_assembly;    // brings the location counter to the pad; may print filler
  const char* module_hook_assembly;  // body of the module's constructor and destructor; %s: callee

  // Whether `size` bytes between a function's symbol and its pad are what a compiler puts there: a
  // landing pad and filler, nothing that the pad would have to come after.
  bool (*is_lead)(const uint8_t* text, size_t size);
};

// Null if the ISA is not known.
const ArchTraits* FindArchTraits(unsigned isa);
const ArchTraits* FindArchTraits(unsigned elf_machine, unsigned elf_class);

// Whether the live instruction of a pad at this address lies within one patch unit.
inline bool IsPatchable(const ArchTraits& traits, uint64_t pad) {
  return pad % traits.patch_unit + traits.pad_size <= traits.patch_unit;
}

}  // namespace ftrace

#endif  // FTRACE_ARCH_ARCH_TRAITS_H_
