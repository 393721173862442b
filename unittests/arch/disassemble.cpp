// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "unittests/arch/disassemble.h"

#include <gtest/gtest.h>

namespace ftrace {
namespace {

csh Open(cs_opt_value syntax) {
  csh handle = 0;
  if (cs_open(CS_ARCH_X86, CS_MODE_64, &handle) != CS_ERR_OK ||
      cs_option(handle, CS_OPT_DETAIL, CS_OPT_ON) != CS_ERR_OK ||
      cs_option(handle, CS_OPT_SYNTAX, syntax) != CS_ERR_OK) {
    ADD_FAILURE() << "Capstone has no x86_64";
  }
  return handle;
}

struct Decoded {
  cs_insn* instructions = nullptr;
  size_t count = 0;
};

Decoded Decode(csh handle, std::span<const uint8_t> bytes, uint64_t address) {
  Decoded decoded;
  decoded.count = cs_disasm(handle, bytes.data(), bytes.size(), address, 0, &decoded.instructions);
  return decoded;
}

}  // namespace

std::vector<Instruction> Disassemble(std::span<const uint8_t> bytes, uint64_t address) {
  // Capstone orders the operands of its detail by syntax; ours are Intel's, the text is AT&T.
  csh text_handle = Open(CS_OPT_SYNTAX_ATT);
  csh detail_handle = Open(CS_OPT_SYNTAX_INTEL);
  const Decoded text = Decode(text_handle, bytes, address);
  const Decoded detail = Decode(detail_handle, bytes, address);
  EXPECT_EQ(text.count, detail.count);
  std::vector<Instruction> result;
  for (size_t i = 0; i < text.count && i < detail.count; ++i) {
    const cs_insn& insn = text.instructions[i];
    std::string line = insn.mnemonic;
    if (insn.op_str[0] != '\0') line += std::string(" ") + insn.op_str;
    result.push_back({insn.address, insn.address + insn.size, insn.id, line,
                      detail.instructions[i].detail->x86});
  }
  if (text.count != 0) cs_free(text.instructions, text.count);
  if (detail.count != 0) cs_free(detail.instructions, detail.count);
  cs_close(&text_handle);
  cs_close(&detail_handle);
  return result;
}

std::vector<std::string> Texts(const std::vector<Instruction>& instructions) {
  std::vector<std::string> texts;
  for (const Instruction& instruction : instructions) texts.push_back(instruction.text);
  return texts;
}

}  // namespace ftrace
