// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every trampoline is run on a model of the machine whose callbacks destroy all that the ABI lets
// them destroy. What the traced function must find unchanged is then compared.
#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "arch/x86_64/code.h"
#include "arch/x86_64/regs.h"
#include "unittests/arch/emulate.h"

namespace ftrace::x86_64 {
namespace {

constexpr uint64_t kTrampoline = 0x555555610000;
constexpr uint64_t kRegionExitAddress = 0x555555600000;
constexpr uint64_t kPad = 0x555555555008;
constexpr uint64_t kParent = 0x555555556789;
constexpr uint64_t kStack = 0x7fffffffe000;  // aligned: where the caller's call pushed to, plus 8

constexpr uint64_t kNear = kTrampoline + 0x2000;
constexpr uint64_t kFar = 0x7ffff7f01230;
constexpr uint64_t kLow = 0x401230;  // far away, and below 4 GiB

constexpr unsigned kKept[] = {X86_REG_RDI, X86_REG_RSI, X86_REG_RDX, X86_REG_RCX, X86_REG_R8,
                              X86_REG_R9,  X86_REG_RAX, X86_REG_R10, X86_REG_RBX, X86_REG_RBP,
                              X86_REG_R12, X86_REG_R13, X86_REG_R14, X86_REG_R15};
constexpr unsigned kClobbered[] = {X86_REG_RDI, X86_REG_RSI, X86_REG_RDX, X86_REG_RCX, X86_REG_R8,
                                   X86_REG_R9,  X86_REG_RAX, X86_REG_R10, X86_REG_R11};

constexpr size_t kMaxSize = 4096;

size_t WidthInBytes(VectorWidth width) {
  switch (width) {
    case VectorWidth::kNone:
      return 0;
    case VectorWidth::kXmm:
      return 16;
    case VectorWidth::kYmm:
      return 32;
    case VectorWidth::kZmm:
      return 64;
  }
  return 0;
}

std::vector<uint8_t> Encode(const std::vector<TrampolineMember>& members, VectorWidth width) {
  std::vector<uint8_t> code(kMaxSize);
  const size_t size = EncodeTrampoline(code.data(), code.size(), kTrampoline, members.data(),
                                       members.size(), width, kRegionExitAddress);
  EXPECT_LE(size, code.size());
  code.resize(size);
  return code;
}

uint64_t ValueOf(unsigned reg) { return 0x1111111100000000 + reg; }
uint8_t ByteOf(size_t vector, size_t byte) { return static_cast<uint8_t>(vector * 64 + byte + 1); }

Machine MachineAtTrampoline() {
  Machine machine;
  for (const unsigned reg : kKept) machine.Register(reg) = ValueOf(reg);
  for (size_t i = 0; i < FTRACE_VECTOR_REGS; ++i) {
    for (size_t byte = 0; byte < 64; ++byte) machine.Xmm(i)[byte] = ByteOf(i, byte);
  }
  machine.rsp() = kStack;
  machine.Push(kParent);
  machine.Push(kPad + kPadSize);
  return machine;
}

struct Call {
  uint64_t func;
  uint64_t ops;
  bool operator==(const Call&) const = default;
};

// What one callback sees, and what it leaves behind.
void CheckCallback(Machine& machine) {
  EXPECT_EQ(machine.Register(X86_REG_RDI), kPad);
  EXPECT_EQ(machine.Register(X86_REG_RSI), kParent);
  EXPECT_EQ((machine.rsp() + 8) % 16, 0u) << "the stack is not aligned at the call";
  const uint64_t regs = machine.Register(X86_REG_RCX);
  const auto saved = [&](size_t offset) { return machine.Load(regs + offset); };
  EXPECT_EQ(saved(offsetof(ftrace_regs, rdi)), ValueOf(X86_REG_RDI));
  EXPECT_EQ(saved(offsetof(ftrace_regs, rsi)), ValueOf(X86_REG_RSI));
  EXPECT_EQ(saved(offsetof(ftrace_regs, rdx)), ValueOf(X86_REG_RDX));
  EXPECT_EQ(saved(offsetof(ftrace_regs, rcx)), ValueOf(X86_REG_RCX));
  EXPECT_EQ(saved(offsetof(ftrace_regs, r8)), ValueOf(X86_REG_R8));
  EXPECT_EQ(saved(offsetof(ftrace_regs, r9)), ValueOf(X86_REG_R9));
  EXPECT_EQ(saved(offsetof(ftrace_regs, rax)), ValueOf(X86_REG_RAX));
  EXPECT_EQ(saved(offsetof(ftrace_regs, r10)), ValueOf(X86_REG_R10));
  EXPECT_EQ(saved(offsetof(ftrace_regs, pad_return)), kPad + kPadSize);
  EXPECT_EQ(saved(offsetof(ftrace_regs, parent)), kParent);
  EXPECT_EQ(regs + offsetof(ftrace_regs, parent), kStack - 8) << "the entry's stack pointer";
}

void Clobber(Machine& machine, VectorWidth width) {
  for (const unsigned reg : kClobbered) machine.Register(reg) = 0xdeadbeefdeadbeef;
  for (size_t i = 0; i < FTRACE_VECTOR_REGS; ++i) {
    for (size_t byte = 0; byte < WidthInBytes(width); ++byte) machine.Xmm(i)[byte] = 0xdd;
  }
}

// Runs the trampoline and returns the callbacks in the order of their calls.
std::vector<Call> Execute(const std::vector<TrampolineMember>& members, VectorWidth width) {
  std::vector<Call> calls;
  Machine machine = MachineAtTrampoline();
  machine.on_call = [&](Machine& self, uint64_t target) {
    CheckCallback(self);
    calls.push_back({target, self.Register(X86_REG_RDX)});
    Clobber(self, width);
  };
  const auto exit = machine.Run(Encode(members, width), kTrampoline);
  EXPECT_EQ(exit.kind, Machine::ExitKind::kJump);
  EXPECT_EQ(exit.address, kRegionExitAddress);
  EXPECT_EQ(machine.rsp(), kStack - 16);
  EXPECT_EQ(machine.Load(machine.rsp()), kPad + kPadSize);
  for (const unsigned reg : kKept) EXPECT_EQ(machine.Register(reg), ValueOf(reg)) << reg;
  for (size_t i = 0; i < FTRACE_VECTOR_REGS; ++i) {
    for (size_t byte = 0; byte < WidthInBytes(width); ++byte) {
      EXPECT_EQ(machine.Xmm(i)[byte], ByteOf(i, byte)) << "vector " << i << " byte " << byte;
    }
  }
  return calls;
}

class Trampoline : public testing::TestWithParam<VectorWidth> {};

INSTANTIATE_TEST_SUITE_P(X86_64, Trampoline,
                         testing::Values(VectorWidth::kNone, VectorWidth::kXmm, VectorWidth::kYmm,
                                         VectorWidth::kZmm));

TEST_P(Trampoline, CallsOneMemberAndKeepsWhatTheFunctionNeeds) {
  for (const uint64_t func : {kNear, kFar, kLow}) {
    for (const uint64_t ops : {uint64_t{0x404040}, uint64_t{0xffffffff}, uint64_t{0x100000000},
                               uint64_t{0x7ffff7d00010}}) {
      EXPECT_EQ(Execute({{func, ops}}, GetParam()), (std::vector<Call>{{func, ops}}));
    }
  }
}

TEST_P(Trampoline, CallsEveryMemberInOrder) {
  std::vector<TrampolineMember> members;
  std::vector<Call> expected;
  for (uint64_t i = 0; i < 9; ++i) {
    const uint64_t func = (i % 3 == 0 ? kNear : i % 3 == 1 ? kFar : kLow) + i * 16;
    const uint64_t ops = (i % 2 == 0 ? 0x7ffff7d00000 : 0x404000) + i * 64;
    members.push_back({func, ops});
    expected.push_back({func, ops});
    EXPECT_EQ(Execute(members, GetParam()), expected);
  }
}

TEST_P(Trampoline, WithoutMembersOnlyLeaves) { EXPECT_TRUE(Execute({}, GetParam()).empty()); }

TEST_P(Trampoline, ReachesCallbacksAtTheLimitOfABranch) {
  // The call is the same distance from the begin of every trampoline with a near callback.
  const auto code = Disassemble(Encode({{kNear, 0}}, GetParam()), kTrampoline);
  uint64_t next = 0;
  for (const Instruction& instruction : code) {
    if (instruction.id == X86_INS_CALL) next = instruction.end;
  }
  ASSERT_NE(next, 0u);
  for (const uint64_t func :
       {next + 0x7fffffff, next + 0x80000000, next - 0x80000000, next - 0x80000001}) {
    EXPECT_EQ(Execute({{func, 1}}, GetParam()), (std::vector<Call>{{func, 1}}));
  }
}

TEST_P(Trampoline, SizeIsTheSameWithoutABuffer) {
  const std::vector<TrampolineMember> members = {{kNear, 1}, {kFar, kFar}, {kLow, kLow}};
  const size_t size = EncodeTrampoline(nullptr, 0, kTrampoline, members.data(), members.size(),
                                       GetParam(), kRegionExitAddress);
  EXPECT_EQ(size, Encode(members, GetParam()).size());
}

TEST_P(Trampoline, WritesNothingBeyondTheCapacity) {
  const std::vector<TrampolineMember> members = {{kFar, kFar}, {kNear, kLow}};
  const size_t size = Encode(members, GetParam()).size();
  for (const size_t capacity : {size_t{0}, size_t{1}, size / 2, size - 1}) {
    std::vector<uint8_t> code(size, 0xa5);
    EXPECT_EQ(EncodeTrampoline(code.data(), capacity, kTrampoline, members.data(), members.size(),
                               GetParam(), kRegionExitAddress),
              size);
    for (size_t i = capacity; i < size; ++i) ASSERT_EQ(code[i], 0xa5) << capacity << " " << i;
  }
}

TEST_P(Trampoline, LargestSizeIsEnoughAndIsReached) {
  for (const size_t count : {size_t{0}, size_t{1}, size_t{2}, size_t{17}}) {
    const size_t largest = MaxTrampolineSize(count, GetParam());
    const std::vector<TrampolineMember> near(count, {kNear, 1});
    const std::vector<TrampolineMember> low(count, {kLow, kLow});
    const std::vector<TrampolineMember> far(count, {kFar, kFar});
    EXPECT_LE(Encode(near, GetParam()).size(), largest);
    EXPECT_LE(Encode(low, GetParam()).size(), largest);
    EXPECT_EQ(Encode(far, GetParam()).size(), largest);
  }
}

TEST(X86_64Trampoline, WithoutVectorsTouchesNone) {
  for (const Instruction& instruction : Disassemble(Encode({{kFar, 1}}, VectorWidth::kNone), 0)) {
    EXPECT_NE(instruction.id, unsigned{X86_INS_MOVUPS}) << instruction.text;
    EXPECT_NE(instruction.id, unsigned{X86_INS_VMOVUPS}) << instruction.text;
  }
}

TEST(X86_64Trampoline, IsTheIntendedListing) {
  const auto code = Disassemble(Encode({{kNear, 0x404040}}, VectorWidth::kNone), kTrampoline);
  EXPECT_EQ(Texts(code), (std::vector<std::string>{"pushq %r10",
                                                   "pushq %rax",
                                                   "pushq %r9",
                                                   "pushq %r8",
                                                   "pushq %rcx",
                                                   "pushq %rdx",
                                                   "pushq %rsi",
                                                   "pushq %rdi",
                                                   "movq 0x40(%rsp), %rdi",
                                                   "subq $6, %rdi",
                                                   "movq 0x48(%rsp), %rsi",
                                                   "movl $0x404040, %edx",
                                                   "leaq (%rsp), %rcx",
                                                   "callq 0x555555612000",
                                                   "popq %rdi",
                                                   "popq %rsi",
                                                   "popq %rdx",
                                                   "popq %rcx",
                                                   "popq %r8",
                                                   "popq %r9",
                                                   "popq %rax",
                                                   "popq %r10",
                                                   "jmp 0x555555600000"}));
}

}  // namespace
}  // namespace ftrace::x86_64
