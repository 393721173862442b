// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known of an instruction set without running on it: one constexpr table entry for each,
// built for every ISA on every host. The compiler plugins, `ftrace check` and the tests read it; a
// runtime uses the entry of the ISA it was built for. C++17 and free of the C++ library, because
// the plugins and the runtime include it. What the plugins print is in arch/assembly_text.h.
#ifndef FTRACE_ARCH_ARCH_TRAITS_H_
#define FTRACE_ARCH_ARCH_TRAITS_H_

#include <cstddef>
#include <cstdint>

#include "arch/site.h"

namespace ftrace {

inline constexpr size_t kMaxPadSize = 8;

// A pad is one live instruction, which is switched, and perhaps constant instructions around it,
// which are not. A record's address is that of the live instruction.
struct ArchTraits {
  uint8_t isa;           // FTRACE_ISA_*
  const char* name;      // of messages
  uint16_t elf_machine;  // EM_*
  uint8_t elf_class;     // ELFCLASS*

  // R_*: 32 bits relative to the place, as the records of a relocatable file have it. Where there
  // is no such type, the second subtracts the place that the first was added to; else 0.
  uint16_t elf_record_relocation;
  uint16_t elf_record_relocation_2;

  uint8_t pad_size;       // all of it
  uint8_t live_offset;    // bytes of the pad in front of the live instruction
  uint8_t live_size;      // bytes that a switch replaces
  uint8_t pad_alignment;  // of the function, so that the pad has it; what the plugins ask for
  uint8_t patch_unit;     // the live instruction lies within one such aligned unit
  // Disabled, as the compiler emits it. Bytes that differ between pads are 0: is_pad() knows.
  uint8_t pad_bytes[kMaxPadSize];

  // Whether these pad_size bytes are a disabled pad.
  bool (*is_pad)(const uint8_t* pad);
  // Whether `size` bytes between a function's symbol and its pad are what a compiler puts there: a
  // landing pad and filler, the set-up of a global pointer; nothing the pad would have to come
  // before. `big_endian`: the data of the file.
  bool (*is_lead)(const uint8_t* text, size_t size, bool big_endian);

  // Linkers shorten code: offsets in a relocatable file are not final.
  bool relaxable = false;
  // Whether the constant part of a pad at `address` leads near enough to the module's gate for the
  // live instruction to reach it; null where pads use no gate.
  bool (*reaches_gate)(const uint8_t* pad, uint64_t address, uint64_t gate) = nullptr;
};

// Null if the ISA is not known.
const ArchTraits* FindArchTraits(unsigned isa);
// The same, if files of this machine and class may have records of that ISA.
const ArchTraits* FindArchTraits(unsigned isa, unsigned elf_machine, unsigned elf_class);
// Whether any ISA has such files.
bool IsKnownElf(unsigned elf_machine, unsigned elf_class);

// Whether the live instruction of a record with this address lies within one patch unit.
inline bool IsPatchable(const ArchTraits& traits, uint64_t live) {
  return live % traits.patch_unit + traits.live_size <= traits.patch_unit;
}

// The facts of a record: those of the function, and those that go with the ISA's pad.
inline uint32_t SiteFacts(const ArchTraits& traits, uint32_t of_function) {
  return of_function | ftrace_site_make_width(traits.pad_size) | ftrace_site_make_isa(traits.isa);
}

// ---- For the entries -------------------------------------------------------------------------

inline constexpr uint8_t kElfClass32 = 1;
inline constexpr uint8_t kElfClass64 = 2;

constexpr bool SameBytes(const uint8_t* a, const uint8_t* b, size_t size) {
  for (size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

constexpr uint32_t LoadWord(const uint8_t* bytes, bool big_endian) {
  uint32_t word = 0;
  for (size_t i = 0; i < sizeof(word); ++i) {
    word = word << 8 | bytes[big_endian ? i : sizeof(word) - 1 - i];
  }
  return word;
}

}  // namespace ftrace

#endif  // FTRACE_ARCH_ARCH_TRAITS_H_
