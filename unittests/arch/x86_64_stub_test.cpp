// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "arch/x86_64/code.h"
#include "unittests/arch/emulate.h"

namespace ftrace::x86_64 {
namespace {

using testing::ElementsAre;

constexpr uint64_t kHeader = 0x555555600000;
constexpr uint64_t kStub = kHeader + 0x40;
constexpr uint64_t kTrampoline = 0x555555610000;
constexpr uint64_t kSlowGate = 0x7ffff7f01230;
constexpr uint64_t kGenericGate = 0x7ffff7f04560;
constexpr uint64_t kThreadPointer = 0x7ffff7d80740;
constexpr int32_t kTpoff = -0x98;
constexpr uint64_t kThreadRecord = 0x7ffff0001000;
constexpr uint64_t kBehindPad = 0x555555555006;
constexpr uint64_t kStack = 0x7fffffffe000;

using StubBytes = std::array<uint8_t, kStubSize>;
using HeaderBytes = std::array<uint8_t, kRegionHeaderSize>;

StubBytes Stub(uint64_t address = kStub, uint64_t target = kTrampoline, int32_t tpoff = kTpoff) {
  StubBytes bytes{};
  EncodeStub(bytes.data(), address, tpoff, target, kHeader + kRegionSlow);
  return bytes;
}

HeaderBytes Header() {
  HeaderBytes bytes{};
  EncodeRegionHeader(bytes.data(), kTpoff, kSlowGate, kGenericGate);
  return bytes;
}

// A thread that has just executed the call of a pad.
Machine MachineAtStub(uint32_t bracket) {
  Machine machine;
  machine.fs_base = kThreadPointer;
  machine.rsp() = kStack;
  machine.Store(kThreadPointer + static_cast<uint64_t>(int64_t{kTpoff}), kThreadRecord);
  machine.Store(kThreadRecord, bracket, 4);
  machine.Push(kBehindPad);
  return machine;
}

TEST(X86_64Stub, IsTheListingInTheHeader) {
  const auto code = Disassemble(Stub(), kStub);
  EXPECT_THAT(Texts(code),
              ElementsAre("movq %fs:0xffffffffffffff68, %r11",  // 0
                          "testb $1, (%r11)",                   // 9
                          "jne 0x555555600057",                 // 13
                          "incl (%r11)",                        // 15
                          "jmp 0x555555610000",                 // 18
                          "callq 0x555555600010",               // 23
                          "jb 0x555555600040",                  // 28
                          "retq",                               // 30
                          "int3"));
  ASSERT_FALSE(code.empty());
  EXPECT_EQ(code.back().end, kStub + kStubSize);
}

TEST(X86_64Stub, EntersTheBracketAndJumpsToItsTarget) {
  Machine machine = MachineAtStub(42);
  const auto exit = machine.Run(Stub(), kStub);
  EXPECT_EQ(exit.kind, Machine::ExitKind::kJump);
  EXPECT_EQ(exit.address, kTrampoline);
  EXPECT_EQ(machine.Load(kThreadRecord, 4), 43u);
  EXPECT_EQ(machine.rsp(), kStack - 8);
}

TEST(X86_64Stub, OddBracketTakesTheSlowPathAndReturnsBehindThePad) {
  Machine machine = MachineAtStub(7);
  int calls = 0;
  machine.on_call = [&](Machine& self, uint64_t target) {
    ++calls;
    EXPECT_EQ(target, kHeader + kRegionSlow);
    EXPECT_EQ(self.Load(self.rsp() + 8), kBehindPad);
    self.carry = false;
  };
  const auto exit = machine.Run(Stub(), kStub);
  EXPECT_EQ(exit.kind, Machine::ExitKind::kReturn);
  EXPECT_EQ(exit.address, kBehindPad);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(machine.Load(kThreadRecord, 4), 7u);
  EXPECT_EQ(machine.rsp(), kStack);
}

TEST(X86_64Stub, SlowPathThatHasRegisteredTheThreadIsFollowedByAnotherTry) {
  Machine machine = MachineAtStub(1);
  int calls = 0;
  machine.on_call = [&](Machine& self, uint64_t) {
    ++calls;
    self.Store(kThreadRecord, 0, 4);
    self.carry = true;
  };
  const auto exit = machine.Run(Stub(), kStub);
  EXPECT_EQ(exit.kind, Machine::ExitKind::kJump);
  EXPECT_EQ(exit.address, kTrampoline);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(machine.Load(kThreadRecord, 4), 1u);
}

TEST(X86_64Stub, BranchesLandOnInstructions) {
  const auto code = Disassemble(Stub(), kStub);
  for (const Instruction& branch : code) {
    if (branch.id != X86_INS_JNE && branch.id != X86_INS_JB) continue;
    const auto target = static_cast<uint64_t>(branch.detail.operands[0].imm);
    EXPECT_TRUE(std::any_of(code.begin(), code.end(), [&](const Instruction& instruction) {
      return instruction.address == target;
    })) << branch.text;
  }
}

TEST(X86_64Stub, JumpReachesTheLimitsOnBothSides) {
  constexpr uint64_t kNext = kStub + kStubJump + 5;
  for (const uint64_t target : {kNext + 0x7fffffff, kNext - 0x80000000, kNext}) {
    const auto code = Disassemble(Stub(kStub, target), kStub);
    ASSERT_EQ(code.size(), 9u);
    EXPECT_EQ(static_cast<uint64_t>(code[4].detail.operands[0].imm), target);
  }
}

TEST(X86_64Stub, RetargetChangesOneAlignedWordAndOnlyItsJump) {
  StubBytes bytes = Stub();
  constexpr uint64_t kNewTarget = kTrampoline - 0x123456;
  uint64_t word;
  std::memcpy(&word, bytes.data() + kStubJumpWord, sizeof(word));
  EXPECT_EQ((kStub + kStubJumpWord) % 8, 0u);
  EXPECT_EQ(StubTarget(word, kStub), kTrampoline);

  word = WithStubTarget(word, kStub, kNewTarget);
  EXPECT_EQ(StubTarget(word, kStub), kNewTarget);
  std::memcpy(bytes.data() + kStubJumpWord, &word, sizeof(word));
  EXPECT_EQ(bytes, Stub(kStub, kNewTarget));
}

TEST(X86_64RegionHeader, ExitLeavesTheBracketAndReturnsBehindThePad) {
  Machine machine = MachineAtStub(43);
  const HeaderBytes header = Header();
  const auto exit = machine.Run(std::span(header).subspan(kRegionExit, kRegionSlow - kRegionExit),
                                kHeader + kRegionExit);
  EXPECT_EQ(exit.kind, Machine::ExitKind::kReturn);
  EXPECT_EQ(exit.address, kBehindPad);
  EXPECT_EQ(machine.Load(kThreadRecord, 4), 44u);
  EXPECT_EQ(machine.rsp(), kStack);
}

TEST(X86_64RegionHeader, GatesAreReachedWhereverTheyLie) {
  const HeaderBytes header = Header();
  for (const auto& [offset, gate] :
       {std::pair{kRegionSlow, kSlowGate}, std::pair{kRegionGeneric, kGenericGate}}) {
    Machine machine = MachineAtStub(1);
    const auto exit = machine.Run(std::span(header).subspan(offset, 16), kHeader + offset);
    EXPECT_EQ(exit.kind, Machine::ExitKind::kJump);
    EXPECT_EQ(exit.address, gate);
    EXPECT_EQ(machine.rsp(), kStack - 8);
  }
}

TEST(X86_64RegionHeader, UnusedBytesTrap) {
  const HeaderBytes header = Header();
  const auto exit = Disassemble(std::span(header).first(kRegionSlow), kHeader);
  EXPECT_THAT(Texts(exit), ElementsAre("movq %fs:0xffffffffffffff68, %r11", "incl (%r11)", "retq",
                                       "int3", "int3", "int3"));
  constexpr size_t kFarJumpSize = 14;
  for (const size_t begin : {kRegionSlow + kFarJumpSize, kRegionGeneric + kFarJumpSize}) {
    const size_t end = begin < kRegionGeneric ? kRegionGeneric : kRegionHeaderSize;
    for (size_t i = begin; i < end; ++i) EXPECT_EQ(header[i], kInt3) << i;
  }
}

}  // namespace
}  // namespace ftrace::x86_64
