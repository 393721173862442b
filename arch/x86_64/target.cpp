// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The host-bound part of x86_64: memory is touched, the CPU is asked.
#include "arch/target.h"

#include <cpuid.h>

#include <cstring>

#include "arch/x86_64/code.h"
#include "arch/x86_64/regs.h"
#include "runtime/include/ftrace/ftrace.h"

extern "C" {
// gate.S
void ftrace_gate_slow();
void ftrace_gate_generic();
// How much of a vector register the gates save; read by gate.S.
__attribute__((visibility("hidden"))) int ftrace_gate_vectors = FTRACE_VECTOR_XMM;
}

namespace ftrace::arch {
namespace {

int32_t thread_record_tpoff;

uint64_t Address(const void* pointer) { return reinterpret_cast<uint64_t>(pointer); }

uint64_t* PadWord(uint64_t pad) { return reinterpret_cast<uint64_t*>(pad & ~uint64_t{7}); }

// The widest vector registers that the CPU has and the kernel switches.
int WidestVectors() {
  constexpr uint64_t kYmmState = 0x6;
  constexpr uint64_t kZmmState = 0xe6;
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0) return FTRACE_VECTOR_XMM;
  if ((c & bit_OSXSAVE) == 0 || (c & bit_AVX) == 0) return FTRACE_VECTOR_XMM;
  uint32_t low = 0;
  uint32_t high = 0;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  const uint64_t enabled = low | uint64_t{high} << 32;
  if ((enabled & kYmmState) != kYmmState) return FTRACE_VECTOR_XMM;
  if ((enabled & kZmmState) == kZmmState && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 &&
      (b & bit_AVX512F) != 0) {
    return FTRACE_VECTOR_ZMM;
  }
  return FTRACE_VECTOR_YMM;
}

x86_64::VectorWidth Width(bool vectors) {
  return vectors ? static_cast<x86_64::VectorWidth>(ftrace_gate_vectors)
                 : x86_64::VectorWidth::kNone;
}

PadState Classify(uint64_t word, uint64_t pad, uint64_t* target) {
  const x86_64::DecodedPad decoded = x86_64::DecodePad(word, pad);
  *target = decoded.target;
  switch (decoded.kind) {
    case x86_64::PadKind::kNop:
      return PadState::kPristine;
    case x86_64::PadKind::kCall:
      return PadState::kCall;
    case x86_64::PadKind::kBreakpoint:
      return PadState::kBreakpoint;
    case x86_64::PadKind::kJump:
    case x86_64::PadKind::kForeign:
      return PadState::kForeign;
  }
  return PadState::kForeign;
}

uint64_t Switched(uint64_t word, uint64_t pad, uint64_t target) {
  return target != 0 ? x86_64::WithCall(word, pad, target) : x86_64::WithNop(word, pad);
}

}  // namespace

const ArchTraits& Traits() { return x86_64::kTraits; }

void Initialize(const void* thread_record) {
  thread_record_tpoff =
      static_cast<int32_t>(Address(thread_record) - Address(__builtin_thread_pointer()));
  ftrace_gate_vectors = WidestVectors();
}

PadState ReadPad(uint64_t pad, uint64_t* target) {
  return Classify(__atomic_load_n(PadWord(pad), __ATOMIC_RELAXED), pad, target);
}

// disabled                               enabled
//   67 0f 1f 44 00 00   addr32 nopl       67 e8 rr rr rr rr   addr32 call stub
//
// One locked 8-byte compare-and-exchange. The six bytes lie in one naturally aligned word (checked
// when the module is loaded), so a fetch sees the old or the new instruction, whole. The exchange
// compares, because two of the eight bytes belong to the function's body, where a debugger may put
// a breakpoint at the same time. membarrier(SYNC_CORE) follows after the batch.
PadState SwitchPad(uint64_t pad, uint64_t target) {
  uint64_t* word = PadWord(pad);
  uint64_t old = __atomic_load_n(word, __ATOMIC_RELAXED);
  for (;;) {
    uint64_t old_target = 0;
    const PadState found = Classify(old, pad, &old_target);
    if (found == PadState::kBreakpoint) return found;
    // seq_cst: the exchange is a full barrier on this ISA anyway.
    if (__atomic_compare_exchange_n(word, &old, Switched(old, pad, target), false, __ATOMIC_SEQ_CST,
                                    __ATOMIC_RELAXED)) {
      return found;
    }
  }
}

void PadBytes(uint64_t pad, uint64_t target, uint8_t* out) {
  const uint64_t word = Switched(0, pad, target);
  memcpy(out, reinterpret_cast<const uint8_t*>(&word) + pad % sizeof(word), x86_64::kPadSize);
}

AddressRange BranchReach(AddressRange text) {
  constexpr uint64_t kReach = (uint64_t{1} << 31) - 4096;  // less than a branch itself is long
  return {text.end > kReach ? text.end - kReach : 0,
          text.begin > ~uint64_t{0} - kReach ? ~uint64_t{0} : text.begin + kReach};
}

size_t RegionHeaderSize() { return x86_64::kRegionHeaderSize; }

void WriteRegionHeader(uint8_t* header) {
  x86_64::EncodeRegionHeader(header, thread_record_tpoff,
                             Address(reinterpret_cast<void*>(ftrace_gate_slow)),
                             Address(reinterpret_cast<void*>(ftrace_gate_generic)));
}

size_t StubSize() { return x86_64::kStubSize; }

void WriteStub(uint8_t* stub, const uint8_t* header, const uint8_t* target) {
  x86_64::EncodeStub(stub, Address(stub), thread_record_tpoff, Address(target),
                     Address(header + x86_64::kRegionSlow));
}

// before                      after
//   e9 rr rr rr rr  jmp old     e9 ss ss ss ss  jmp new
//
// The jump lies in one aligned word of the stub (static_assert in EncodeStub()), and nobody else
// writes stubs: one 8-byte store. Threads take the old or the new jump; both targets are valid.
void RetargetStub(uint8_t* stub, const uint8_t* target) {
  auto* word = reinterpret_cast<uint64_t*>(stub + x86_64::kStubJumpWord);
  const uint64_t old = __atomic_load_n(word, __ATOMIC_RELAXED);
  __atomic_store_n(word, x86_64::WithStubTarget(old, Address(stub), Address(target)),
                   __ATOMIC_RELEASE);
}

const uint8_t* RegionExit(const uint8_t* header) { return header + x86_64::kRegionExit; }
const uint8_t* RegionGeneric(const uint8_t* header) { return header + x86_64::kRegionGeneric; }

size_t MaxTrampolineSize(size_t count, bool vectors) {
  return x86_64::MaxTrampolineSize(count, Width(vectors));
}

size_t WriteTrampoline(uint8_t* out, size_t capacity, const uint8_t* header,
                       const Callback* callbacks, size_t count, bool vectors) {
  static_assert(sizeof(Callback) == sizeof(x86_64::TrampolineMember));
  return x86_64::EncodeTrampoline(out, capacity, Address(out),
                                  reinterpret_cast<const x86_64::TrampolineMember*>(callbacks),
                                  count, Width(vectors), Address(RegionExit(header)));
}

// Instruction fetch is coherent with stores; what the membarrier adds is serialisation.
void FlushInstructionCache(const void* /*begin*/, size_t /*size*/) {}

uint64_t RegsPad(const ftrace_regs* regs) { return regs->pad_return - x86_64::kPadSize; }
uint64_t RegsParent(const ftrace_regs* regs) { return regs->parent; }

void IncrementCounter(uint64_t* counter) { asm volatile("incq %0" : "+m"(*counter)); }

}  // namespace ftrace::arch

unsigned long ftrace_regs_get_argument(ftrace_regs* fregs, unsigned n) {
  const unsigned long registers[] = {fregs->rdi, fregs->rsi, fregs->rdx,
                                     fregs->rcx, fregs->r8,  fregs->r9};
  constexpr unsigned kRegisters = sizeof(registers) / sizeof(registers[0]);
  return n < kRegisters ? registers[n] : fregs->stack_arguments[n - kRegisters];
}

unsigned long ftrace_regs_get_instruction_pointer(ftrace_regs* fregs) {
  return ftrace::arch::RegsPad(fregs);
}

unsigned long ftrace_regs_get_stack_pointer(ftrace_regs* fregs) {
  return reinterpret_cast<unsigned long>(&fregs->parent);
}
