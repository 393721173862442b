// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs generated x86_64 code on a model of the machine, so that its effect can be checked on every
// host. Knows the few instructions our encoders use; any other one is a test failure.
#ifndef FTRACE_UNITTESTS_ARCH_EMULATE_H_
#define FTRACE_UNITTESTS_ARCH_EMULATE_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>

#include "unittests/arch/disassemble.h"

namespace ftrace {

class Machine {
 public:
  using Vector = std::array<uint8_t, 64>;

  enum class ExitKind { kJump, kReturn, kError };
  struct Exit {
    ExitKind kind;
    uint64_t address;
  };

  // Runs `code` at `address` until control leaves it by a jump or a return. A call out of it is
  // handed to on_call, with the return address already on the stack, and then returns.
  Exit Run(std::span<const uint8_t> code, uint64_t address);

  uint64_t& Register(unsigned reg);  // X86_REG_*, any width: the 64-bit register
  uint64_t& rsp() { return Register(X86_REG_RSP); }
  Vector& Xmm(size_t index) { return vectors_[index]; }

  uint64_t Load(uint64_t address, size_t size = 8) const;
  void Store(uint64_t address, uint64_t value, size_t size = 8);
  void Push(uint64_t value);
  uint64_t Pop();

  std::function<void(Machine&, uint64_t target)> on_call;
  uint64_t fs_base = 0;
  bool zero = false;
  bool carry = false;

 private:
  // Returns the address of the next instruction; 0 is an error.
  uint64_t Step(const Instruction& instruction);
  uint64_t Branch(const Instruction& instruction, bool taken);
  void MoveVector(const Instruction& instruction);
  uint64_t Address(const Instruction& instruction, const x86_op_mem& memory);
  uint64_t Read(const Instruction& instruction, size_t operand);
  void Write(const Instruction& instruction, size_t operand, uint64_t value);

  std::map<unsigned, uint64_t> registers_;
  std::array<Vector, 32> vectors_{};
  std::map<uint64_t, uint8_t> memory_;
};

}  // namespace ftrace

#endif  // FTRACE_UNITTESTS_ARCH_EMULATE_H_
