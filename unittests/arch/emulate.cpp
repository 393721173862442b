// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "unittests/arch/emulate.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace ftrace {
namespace {

constexpr unsigned kFull[] = {X86_REG_RAX, X86_REG_RCX, X86_REG_RDX, X86_REG_RBX,
                              X86_REG_RSP, X86_REG_RBP, X86_REG_RSI, X86_REG_RDI};
constexpr unsigned kHalf[] = {X86_REG_EAX, X86_REG_ECX, X86_REG_EDX, X86_REG_EBX,
                              X86_REG_ESP, X86_REG_EBP, X86_REG_ESI, X86_REG_EDI};

unsigned FullRegister(unsigned reg) {
  for (size_t i = 0; i < std::size(kHalf); ++i) {
    if (kHalf[i] == reg) return kFull[i];
  }
  return reg;
}

bool IsVector(const cs_x86_op& operand) {
  return operand.type == X86_OP_REG && operand.reg >= X86_REG_XMM0 && operand.reg <= X86_REG_ZMM31;
}

size_t VectorIndex(unsigned reg) {
  if (reg >= X86_REG_ZMM0) return reg - X86_REG_ZMM0;
  if (reg >= X86_REG_YMM0) return reg - X86_REG_YMM0;
  return reg - X86_REG_XMM0;
}

size_t VectorSize(unsigned reg) {
  if (reg >= X86_REG_ZMM0) return 64;
  return reg >= X86_REG_YMM0 ? 32 : 16;
}

}  // namespace

uint64_t& Machine::Register(unsigned reg) { return registers_[FullRegister(reg)]; }

uint64_t Machine::Load(uint64_t address, size_t size) const {
  uint64_t value = 0;
  for (size_t i = 0; i < size; ++i) {
    const auto byte = memory_.find(address + i);
    if (byte == memory_.end()) {
      ADD_FAILURE() << "read of memory that nobody wrote: " << std::hex << address + i;
      return 0;
    }
    value |= uint64_t{byte->second} << (i * 8);
  }
  return value;
}

void Machine::Store(uint64_t address, uint64_t value, size_t size) {
  for (size_t i = 0; i < size; ++i) memory_[address + i] = static_cast<uint8_t>(value >> (i * 8));
}

void Machine::Push(uint64_t value) {
  rsp() -= 8;
  Store(rsp(), value);
}

uint64_t Machine::Pop() {
  const uint64_t value = Load(rsp());
  rsp() += 8;
  return value;
}

uint64_t Machine::Address(const Instruction& instruction, const x86_op_mem& memory) {
  EXPECT_EQ(memory.index, X86_REG_INVALID) << instruction.text;
  uint64_t address = static_cast<uint64_t>(memory.disp);
  if (memory.segment == X86_REG_FS) address += fs_base;
  if (memory.base == X86_REG_RIP) return address + instruction.end;
  if (memory.base != X86_REG_INVALID) address += Register(memory.base);
  return address;
}

uint64_t Machine::Read(const Instruction& instruction, size_t index) {
  const cs_x86_op& operand = instruction.detail.operands[index];
  switch (operand.type) {
    case X86_OP_REG:
      return Register(operand.reg);
    case X86_OP_IMM:
      return static_cast<uint64_t>(operand.imm);
    case X86_OP_MEM:
      return Load(Address(instruction, operand.mem), operand.size);
    default:
      ADD_FAILURE() << instruction.text;
      return 0;
  }
}

void Machine::Write(const Instruction& instruction, size_t index, uint64_t value) {
  const cs_x86_op& operand = instruction.detail.operands[index];
  if (operand.type == X86_OP_MEM) {
    Store(Address(instruction, operand.mem), value, operand.size);
  } else {
    Register(operand.reg) = operand.size == 4 ? value & 0xffffffff : value;
  }
}

void Machine::MoveVector(const Instruction& instruction) {
  const cs_x86_op& destination = instruction.detail.operands[0];
  const cs_x86_op& source = instruction.detail.operands[1];
  const bool load = IsVector(destination);
  const unsigned reg = load ? destination.reg : source.reg;
  const uint64_t address = Address(instruction, load ? source.mem : destination.mem);
  Vector& vector = vectors_[VectorIndex(reg)];
  for (size_t i = 0; i < VectorSize(reg); ++i) {
    if (load) {
      vector[i] = static_cast<uint8_t>(Load(address + i, 1));
    } else {
      Store(address + i, vector[i], 1);
    }
  }
  // The VEX and EVEX forms clear what lies above; the legacy form keeps it.
  if (load && instruction.id == X86_INS_VMOVUPS) {
    for (size_t i = VectorSize(reg); i < vector.size(); ++i) vector[i] = 0;
  }
}

uint64_t Machine::Branch(const Instruction& instruction, bool taken) {
  return taken ? Read(instruction, 0) : instruction.end;
}

uint64_t Machine::Step(const Instruction& instruction) {
  switch (instruction.id) {
    case X86_INS_MOV:
    case X86_INS_MOVABS:
      Write(instruction, 0, Read(instruction, 1));
      return instruction.end;
    case X86_INS_LEA:
      Write(instruction, 0, Address(instruction, instruction.detail.operands[1].mem));
      return instruction.end;
    case X86_INS_SUB:
      Write(instruction, 0, Read(instruction, 0) - Read(instruction, 1));
      return instruction.end;
    case X86_INS_INC:
      Write(instruction, 0, Read(instruction, 0) + 1);
      return instruction.end;
    case X86_INS_TEST:
      zero = (Read(instruction, 0) & Read(instruction, 1)) == 0;
      return instruction.end;
    case X86_INS_PUSH:
      Push(Read(instruction, 0));
      return instruction.end;
    case X86_INS_POP:
      Write(instruction, 0, Pop());
      return instruction.end;
    case X86_INS_MOVUPS:
    case X86_INS_VMOVUPS:
      MoveVector(instruction);
      return instruction.end;
    case X86_INS_JNE:
      return Branch(instruction, !zero);
    case X86_INS_JB:
      return Branch(instruction, carry);
    case X86_INS_JMP:
      return Branch(instruction, true);
    case X86_INS_CALL: {
      const uint64_t target = Read(instruction, 0);
      Push(instruction.end);
      on_call(*this, target);
      return Pop();
    }
    case X86_INS_RET:
      return Pop();
    default:
      ADD_FAILURE() << "not expected in generated code: " << instruction.text;
      return 0;
  }
}

Machine::Exit Machine::Run(std::span<const uint8_t> code, uint64_t address) {
  constexpr int kMaxSteps = 10000;
  constexpr size_t kLongest = 15;  // bytes of an instruction
  for (size_t i = 0; i < code.size(); ++i) Store(address + i, code[i], 1);
  uint64_t at = address;
  for (int step = 0; step < kMaxSteps; ++step) {
    // Decoded at the address that control reached, whatever lies before it.
    const auto rest = code.subspan(at - address);
    const auto window = Disassemble(rest.first(std::min(rest.size(), kLongest)), at);
    if (window.empty()) break;
    at = Step(window[0]);
    if (at >= address && at < address + code.size()) continue;
    const bool returned = window[0].id == X86_INS_RET;
    return {returned ? ExitKind::kReturn : ExitKind::kJump, at};
  }
  ADD_FAILURE() << "generated code runs into " << std::hex << at;
  return {ExitKind::kError, at};
}

}  // namespace ftrace
