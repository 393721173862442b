// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An independent opinion on the bytes our encoders produce: Capstone's.
#ifndef FTRACE_UNITTESTS_ARCH_DISASSEMBLE_H_
#define FTRACE_UNITTESTS_ARCH_DISASSEMBLE_H_

#include <capstone/capstone.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ftrace {

struct Instruction {
  uint64_t address;
  uint64_t end;
  unsigned id;       // X86_INS_*
  std::string text;  // mnemonic and operands, AT&T
  cs_x86 detail;     // operands in Intel order: destination first
};

// Stops at the first byte that is no instruction; the caller compares the end.
std::vector<Instruction> Disassemble(std::span<const uint8_t> bytes, uint64_t address);

std::vector<std::string> Texts(const std::vector<Instruction>& instructions);

}  // namespace ftrace

#endif  // FTRACE_UNITTESTS_ARCH_DISASSEMBLE_H_
