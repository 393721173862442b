// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The functions of an ELF file by address.
#ifndef FTRACE_TOOLS_FTRACE_FUNCTION_TABLE_H_
#define FTRACE_TOOLS_FTRACE_FUNCTION_TABLE_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tools/ftrace/elf_file.h"

namespace ftrace {

// A place in the text: an address, or in a relocatable file an offset in a section.
struct TextPlace {
  uint32_t section = 0;  // 0 in a linked file
  uint64_t address = 0;

  auto operator<=>(const TextPlace&) const = default;
};

struct Function {
  TextPlace place;  // of its first instruction: without the bit that marks Thumb symbols
  uint64_t size;
  uint8_t binding;
  bool thumb;
  std::string_view name;
};

class FunctionTable {
 public:
  FunctionTable() = default;
  explicit FunctionTable(const ElfFile& file);

  // All names of the function that starts there, the best first: global before weak before local,
  // then by name.
  std::span<const Function> At(TextPlace place) const;
  // The function that `place` lies in, or null.
  const Function* Containing(TextPlace place) const;
  // Distinct addresses of functions of known size, without PLT stubs and split-off cold parts.
  size_t Count() const { return count_; }
  bool IsCounted(TextPlace place) const;

 private:
  std::vector<Function> functions_;
  size_t count_ = 0;
};

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_FUNCTION_TABLE_H_
