// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/x86_64/code.h"

namespace ftrace::x86_64 {
namespace {

enum Register : uint8_t {
  kRax = 0,
  kRcx = 1,
  kRdx = 2,
  kRsp = 4,
  kRsi = 6,
  kRdi = 7,
  kR8 = 8,
  kR9 = 9,
  kR10 = 10
};

// The registers of struct ftrace_regs, lowest address first; pushed in reverse.
constexpr Register kPushed[] = {kRdi, kRsi, kRdx, kRcx, kR8, kR9, kRax, kR10};
static_assert(sizeof(kPushed) * 8 == FTRACE_REGS_PUSHED, "one push a register");

// Appends instructions that will run at a known address. Past the capacity it only counts.
class Emitter {
 public:
  Emitter(uint8_t* out, size_t capacity, uint64_t address)
      : out_(out), capacity_(capacity), address_(address) {}

  size_t size() const { return size_; }

  void Byte(uint8_t value) {
    if (out_ != nullptr && size_ < capacity_) out_[size_] = value;
    ++size_;
  }
  void Bytes(uint64_t value, size_t count) {
    for (size_t i = 0; i < count; ++i) Byte(static_cast<uint8_t>(value >> (i * kByteBits)));
  }

  void Push(Register reg) {
    if (reg >= kR8) Byte(0x41);
    Byte(static_cast<uint8_t>(0x50 + (reg & 7)));
  }
  void Pop(Register reg) {
    if (reg >= kR8) Byte(0x41);
    Byte(static_cast<uint8_t>(0x58 + (reg & 7)));
  }
  // lea disp32(%rsp), reg: changes no flag
  void LeaRsp(Register reg, int32_t displacement) {
    Byte(0x48);
    Byte(0x8d);
    RspOperand(reg, displacement);
  }
  // mov disp32(%rsp), reg
  void LoadRsp(Register reg, int32_t displacement) {
    Byte(0x48);
    Byte(0x8b);
    RspOperand(reg, displacement);
  }
  // sub $imm8, reg
  void SubImm8(Register reg, int8_t value) {
    Byte(0x48);
    Byte(0x83);
    Byte(static_cast<uint8_t>(0xe8 + reg));
    Byte(static_cast<uint8_t>(value));
  }
  // The shortest of mov $imm32, %r32 and movabs $imm64, reg
  void MovImm(Register reg, uint64_t value) {
    if (value <= 0xffffffff) {
      Byte(static_cast<uint8_t>(0xb8 + reg));
      Bytes(value, 4);
    } else {
      Byte(0x48);
      Byte(static_cast<uint8_t>(0xb8 + reg));
      Bytes(value, 8);
    }
  }
  void Call(uint64_t target) {
    if (Reaches(address_ + size_ + kBranchSize, target)) {
      Bytes(Branch(kCallRel32, address_ + size_, target), kBranchSize);
    } else {
      MovImm(kRax, target);
      Bytes(0xd0ff, 2);  // call *%rax
    }
  }
  void Jump(uint64_t target) { Bytes(Branch(kJmpRel32, address_ + size_, target), kBranchSize); }

  // Stores or loads vector argument register `index` at disp32(%rsp), unaligned.
  void MoveVector(VectorWidth width, bool store, uint8_t index, int32_t displacement) {
    const uint8_t opcode = store ? 0x11 : 0x10;
    switch (width) {
      case VectorWidth::kNone:
        return;
      case VectorWidth::kXmm:  // movups
        Byte(0x0f);
        break;
      case VectorWidth::kYmm:  // vmovups, VEX.256.0F
        Byte(0xc5);
        Byte(0xfc);
        break;
      case VectorWidth::kZmm:  // vmovups, EVEX.512.0F.W0; a disp32 is not scaled
        Bytes(0x487cf162, 4);
        break;
    }
    Byte(opcode);
    RspOperand(index, displacement);
  }

 private:
  // ModRM and SIB of disp32(%rsp) with `reg` in the reg field
  void RspOperand(uint8_t reg, int32_t displacement) {
    Byte(static_cast<uint8_t>(0x80 | (reg & 7) << 3 | kRsp));
    Byte(0x24);
    Bytes(static_cast<uint32_t>(displacement), 4);
  }

  uint8_t* out_;
  size_t capacity_;
  uint64_t address_;
  size_t size_ = 0;
};

size_t VectorSize(VectorWidth width) {
  switch (width) {
    case VectorWidth::kNone:
      return 0;
    case VectorWidth::kXmm:
      return 16;
    case VectorWidth::kYmm:
      return 32;
    case VectorWidth::kZmm:
      return FTRACE_ZMM_SIZE;
  }
  return 0;
}

void MoveVectors(Emitter& emit, VectorWidth width, bool store) {
  for (uint8_t i = 0; i < FTRACE_VECTOR_REGS; ++i) {
    emit.MoveVector(width, store, i, static_cast<int32_t>(i * VectorSize(width)));
  }
}

// mov %fs:tpoff, %r11
void LoadThreadRecord(Emitter& emit, int32_t tpoff) {
  emit.Bytes(0x251c8b4c64, 5);
  emit.Bytes(static_cast<uint32_t>(tpoff), 4);
}

// incl (%r11): one instruction, so a signal sees the bracket open or closed
void FlipBracket(Emitter& emit) { emit.Bytes(0x03ff41, 3); }

// jmp *0(%rip), and the target behind it
void FarJump(Emitter& emit, uint64_t target) {
  emit.Bytes(0x25ff, 2);
  emit.Bytes(0, 4);
  emit.Bytes(target, 8);
}

void FillWithInt3(Emitter& emit, size_t until) {
  while (emit.size() < until) emit.Byte(kInt3);
}

}  // namespace

void EncodeRegionHeader(uint8_t* out, int32_t thread_record_tpoff, uint64_t slow_gate,
                        uint64_t generic_gate) {
  Emitter emit(out, kRegionHeaderSize, 0);
  LoadThreadRecord(emit, thread_record_tpoff);
  FlipBracket(emit);
  emit.Byte(0xc3);  // ret
  FillWithInt3(emit, kRegionSlow);
  FarJump(emit, slow_gate);
  FillWithInt3(emit, kRegionGeneric);
  FarJump(emit, generic_gate);
  FillWithInt3(emit, kRegionHeaderSize);
}

void EncodeStub(uint8_t* out, uint64_t address, int32_t thread_record_tpoff, uint64_t target,
                uint64_t region_slow) {
  constexpr size_t kSlow = kStubJump + kBranchSize;
  constexpr size_t kSlowEnd = kSlow + kBranchSize;
  static_assert(kStubJump / 8 == (kStubJump + kBranchSize - 1) / 8, "one store retargets a stub");
  Emitter emit(out, kStubSize, address);
  LoadThreadRecord(emit, thread_record_tpoff);
  emit.Bytes(0x0103f641, 4);  // testb $1, (%r11)
  emit.Byte(0x75);            // jne slow
  emit.Byte(static_cast<uint8_t>(kSlow - (emit.size() + 1)));
  FlipBracket(emit);
  emit.Jump(target);
  emit.Bytes(Branch(kCallRel32, address + emit.size(), region_slow), kBranchSize);
  emit.Byte(0x72);  // jc stub
  emit.Byte(static_cast<uint8_t>(-static_cast<int>(kSlowEnd + 2)));
  emit.Byte(0xc3);  // ret
  FillWithInt3(emit, kStubSize);
}

namespace {

constexpr unsigned kStubJumpShift = (kStubJump % 8) * kByteBits;
constexpr uint64_t kStubJumpMask = ((uint64_t{1} << (kBranchSize * kByteBits)) - 1)
                                   << kStubJumpShift;

}  // namespace

uint64_t WithStubTarget(uint64_t word, uint64_t stub, uint64_t target) {
  return (word & ~kStubJumpMask) | Branch(kJmpRel32, stub + kStubJump, target) << kStubJumpShift;
}

uint64_t StubTarget(uint64_t word, uint64_t stub) {
  return BranchTarget((word & kStubJumpMask) >> kStubJumpShift, stub + kStubJump);
}

namespace {

// callback(ip, parent_ip, ops, regs)
void EncodeMember(Emitter& emit, const TrampolineMember& member, int32_t vectors) {
  emit.LoadRsp(kRdi, vectors + FTRACE_REGS_PAD_RETURN);
  emit.SubImm8(kRdi, kPadSize);
  emit.LoadRsp(kRsi, vectors + FTRACE_REGS_PARENT);
  emit.MovImm(kRdx, member.ops);
  emit.LeaRsp(kRcx, vectors);
  emit.Call(member.func);
}

}  // namespace

size_t EncodeTrampoline(uint8_t* out, size_t capacity, uint64_t address,
                        const TrampolineMember* members, size_t count, VectorWidth width,
                        uint64_t region_exit) {
  const auto vectors = static_cast<int32_t>(FTRACE_VECTOR_REGS * VectorSize(width));
  Emitter emit(out, capacity, address);
  for (size_t i = sizeof(kPushed); i-- > 0;) emit.Push(kPushed[i]);
  if (vectors != 0) {
    emit.LeaRsp(kRsp, -vectors);
    MoveVectors(emit, width, true);
  }
  for (size_t i = 0; i < count; ++i) EncodeMember(emit, members[i], vectors);
  if (vectors != 0) {
    MoveVectors(emit, width, false);
    emit.LeaRsp(kRsp, vectors);
  }
  for (const Register reg : kPushed) emit.Pop(reg);
  emit.Jump(region_exit);
  return emit.size();
}

size_t MaxTrampolineSize(size_t count, VectorWidth width) {
  constexpr uint64_t kFar = uint64_t{1} << 62;
  const TrampolineMember worst = {kFar, kFar};
  const size_t without = EncodeTrampoline(nullptr, 0, 0, nullptr, 0, width, 0);
  return without + count * (EncodeTrampoline(nullptr, 0, 0, &worst, 1, width, 0) - without);
}

}  // namespace ftrace::x86_64
