/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* For each instruction set the branch that a pad becomes and the stub it leads to, which counts and
 * goes on to the body of the function. Written from the manuals; not what the runtime does. */
#ifndef ALIVE_H_
#define ALIVE_H_

#include "known.h"

#define HIDDEN __attribute__((visibility("hidden")))
HIDDEN unsigned long stub_calls;
HIDDEN uintptr_t stub_body; /* where the stub goes on, if the branch does not tell */
HIDDEN void Stub(void);

#define STUB_BEGIN \
  "\t.text\n\t.p2align 4\n\t.globl Stub\n\t.hidden Stub\n\t.type Stub, %function\nStub:\n"
#define IS_THUMB(address) 0
/* The stub leaves nothing in registers that neither the convention of C nor a nested function needs
 * at an entry: GCC is not to know better of a function with a pad. Clang's own conventions do. */
#ifdef __clang__
#define TRASH(text)
#else
#define TRASH(text) text
#endif
#define STUB_FOR(isa) ((uintptr_t)Stub)
#define BODY_OF(live, isa) ((live) + sizeof(struct Branch))
#define NO_GATE \
  static void UseGate(uintptr_t gate, uintptr_t stub) { (void)gate, (void)stub; }

#if defined(__x86_64__) || defined(__i386__)

struct Branch {
  unsigned char bytes[2];
  int32_t distance;
} __attribute__((packed));

#ifdef __x86_64__
#define PREFIX 0x67
__asm__(STUB_BEGIN
        "\taddq $1, stub_calls(%rip)\n"
        "\tmovq $-1, %r11\n" TRASH(
            "\t.irpc n, 89\n\tpcmpeqd %xmm\\n, %xmm\\n\n\t.endr\n"
            "\t.irpc n, 012345\n\tpcmpeqd %xmm1\\n, %xmm1\\n\n\t.endr\n") "\tret\n");
#else
#define PREFIX 0x65
__asm__(STUB_BEGIN
        "\tpushl %eax\n"
        "\tcall 1f\n"
        "1:\tpopl %eax\n"
        "\tincl stub_calls-1b(%eax)\n"
        "\tpopl %eax\n"
        "\tret\n");
#endif

/* prefix call stub */
static struct Branch MakeBranch(uintptr_t live, uint32_t isa, uintptr_t stub) {
  (void)isa;
  const struct Branch branch = {{PREFIX, 0xe8}, (int32_t)(stub - live - sizeof(struct Branch))};
  return branch;
}
NO_GATE

#elif defined(__aarch64__)

struct Branch {
  uint32_t word;
};

/* The caller's x30 is in x9. */
__asm__(STUB_BEGIN
        "\tadrp x16, stub_calls\n"
        "\tldr x17, [x16, :lo12:stub_calls]\n"
        "\tadd x17, x17, #1\n"
        "\tstr x17, [x16, :lo12:stub_calls]\n"
        TRASH("\t.irpc n, 12345\n\tmov x1\\n, #-1\n\t.endr\n"
              "\t.irpc n, 6789\n\tmovi v1\\n\\().16b, #255\n\t.endr\n"
              "\t.irpc n, 0123456789\n\tmovi v2\\n\\().16b, #255\n\t.endr\n")
        "\tmov x10, x30\n"
        "\tmov x30, x9\n"
        "\tret x10\n");

/* bl stub; little-endian whatever the data are. */
static struct Branch MakeBranch(uintptr_t live, uint32_t isa, uintptr_t stub) {
  (void)isa;
  const uint32_t word = 0x94000000 | ((stub - live) >> 2 & 0x3ffffff);
#ifdef __AARCH64EB__
  const struct Branch branch = {__builtin_bswap32(word)};
#else
  const struct Branch branch = {word};
#endif
  return branch;
}
NO_GATE

#elif defined(__arm__)

struct Branch {
  uint16_t halves[2];
};
HIDDEN void ThumbStub(void);

#ifdef __thumb2__
#undef STUB_FOR
#define STUB_FOR(isa) ((uintptr_t)((isa) == FTRACE_ISA_ARM_THUMB2 ? ThumbStub : Stub))
#endif
#undef IS_THUMB
#define IS_THUMB(address) ((address) & 1)
#undef BODY_OF
#define BODY_OF(live, isa) ((live) + sizeof(struct Branch) + ((isa) == FTRACE_ISA_ARM_THUMB2))

/* The body's address takes the place of r2 on the stack. `ahead`: how far pc is. */
#define STUB_CODE(ahead)            \
  "\tpush {r0, r1, r2}\n"           \
  "\tldr r0, 3f\n"                  \
  "1:\tadd r0, pc\n"                \
  "\tldr r1, [r0]\n"                \
  "\tadd r1, r1, #1\n"              \
  "\tstr r1, [r0]\n"                \
  "\tldr r0, 4f\n"                  \
  "2:\tadd r0, pc\n"                \
  "\tldr r1, [r0]\n"                \
  "\tstr r1, [sp, #8]\n"            \
  "\tpop {r0, r1, pc}\n"            \
  "\t.p2align 2\n"                  \
  "3:\t.long stub_calls-(1b+" ahead \
  ")\n"                             \
  "4:\t.long stub_body-(2b+" ahead ")\n"

__asm__("\t.syntax unified\n\t.arm\n" STUB_BEGIN STUB_CODE("8"));
#ifdef __thumb2__
__asm__(
    "\t.syntax unified\n\t.thumb\n\t.p2align 2\n\t.thumb_func\n\t.type ThumbStub, %function\n"
    "ThumbStub:\n" STUB_CODE("4"));
#endif

/* b stub */
static struct Branch MakeA32Branch(uintptr_t live, uintptr_t stub) {
  const uint32_t word = 0xea000000 | ((stub - live - 8) >> 2 & 0xffffff);
  const struct Branch branch = {{(uint16_t)word, (uint16_t)(word >> 16)}};
  return branch;
}

/* b.w stub, encoding T4 */
static struct Branch MakeThumbBranch(uintptr_t live, uintptr_t stub) {
#ifdef __thumb2__
  const uint32_t distance = (stub & ~1u) - live - 4;
  const uint32_t sign = distance >> 24 & 1;
  const uint32_t j1 = (distance >> 23 & 1) ^ 1 ^ sign, j2 = (distance >> 22 & 1) ^ 1 ^ sign;
  const struct Branch branch = {
      {(uint16_t)(0xf000 | sign << 10 | (distance >> 12 & 0x3ff)),
       (uint16_t)(0x9000 | j1 << 13 | j2 << 11 | (distance >> 1 & 0x7ff))}};
  return branch;
#else
  (void)live, (void)stub;
  __builtin_trap();
#endif
}

static struct Branch MakeBranch(uintptr_t live, uint32_t isa, uintptr_t stub) {
  return isa == FTRACE_ISA_ARM_THUMB2 ? MakeThumbBranch(live, stub) : MakeA32Branch(live, stub);
}
NO_GATE

#elif defined(__mips__)

struct Branch {
  uint32_t word;
};

#undef BODY_OF
#define BODY_OF(live, isa) ((live) + 8) /* behind the delay slot */

#ifdef __mips64
#define LOAD "ld"
#define STORE "sd"
#define ADD "daddu"
#define ADDI "daddiu"
#else
#define LOAD "lw"
#define STORE "sw"
#define ADD "addu"
#define ADDI "addiu"
#endif

/* clang-format off */
__asm__("\t.set push\n"
        "\t.set noreorder\n"
        "\t.set noat\n"
        STUB_BEGIN
        "\t" ADDI " $sp, $sp, -32\n"
        "\t" STORE " $31, 0($sp)\n"
        "\t" STORE " $8, 8($sp)\n"
        "\t" STORE " $9, 16($sp)\n"
        "\tbal 1f\n"
        "\tnop\n"
        "\t.long stub_calls-.\n"
        "\t.long stub_body-.\n"
        "1:\tlw $8, 0($31)\n"
        "\t" ADD " $8, $8, $31\n"
        "\t" LOAD " $9, 0($8)\n"
        "\t" ADDI " $9, $9, 1\n"
        "\t" STORE " $9, 0($8)\n"
        "\tlw $8, 4($31)\n"
        "\t" ADD " $8, $8, $31\n"
        "\t" LOAD " $1, 4($8)\n"
        "\t" LOAD " $31, 0($sp)\n"
        "\t" LOAD " $8, 8($sp)\n"
        "\t" LOAD " $9, 16($sp)\n"
        TRASH("\t.irp n, 2, 3, 12, 13, 14, 24\n\tli $\\n, -1\n\t.endr\n")
        "\tjr $1\n"
        "\t" ADDI " $sp, $sp, 32\n"
        "\t.set pop\n");
/* clang-format on */

/* j stub */
static struct Branch MakeBranch(uintptr_t live, uint32_t isa, uintptr_t stub) {
  (void)isa;
  if ((stub ^ live) >> 28) __builtin_trap();
  const struct Branch branch = {0x08000000 | (stub >> 2 & 0x3ffffff)};
  return branch;
}
NO_GATE

#elif defined(__riscv)

struct Branch {
  uint32_t word;
};
static uintptr_t gate_address;

/* t0 is the address of the body. */
__asm__(STUB_BEGIN
        "\taddi sp, sp, -16\n"
        "\tsd t2, 0(sp)\n"
        "\tli t2, 1\n"
        "1:\tauipc t1, %pcrel_hi(stub_calls)\n"
        "\taddi t1, t1, %pcrel_lo(1b)\n"
        "\tamoadd.d zero, t2, 0(t1)\n"
        "\tld t2, 0(sp)\n"
        "\taddi sp, sp, 16\n" TRASH("\t.irpc n, 3456\n\tli t\\n, -1\n\t.endr\n"
                                    "\t.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11\n\tfmv.d.x "
                                    "ft\\n, t3\n\t.endr\n") "\tjr t0\n");

static uintptr_t Upper(uintptr_t address) {
  return address + (uintptr_t)(intptr_t)(int32_t)(*(const uint32_t*)address & 0xfffff000);
}

/* The gate loads what it jumps to: auipc t1; ld t1. */
static void UseGate(uintptr_t gate, uintptr_t stub) {
  const int32_t load = ((const int32_t*)gate)[1];
  gate_address = gate;
  *(uintptr_t*)(Upper(gate) + (uintptr_t)(intptr_t)(load >> 20)) = stub;
}

/* jalr t0, lo(t0), behind the auipc */
static struct Branch MakeBranch(uintptr_t live, uint32_t isa, uintptr_t stub) {
  (void)isa, (void)stub;
  const intptr_t low = (intptr_t)(gate_address - Upper(live - 4));
  if (low < -2048 || low > 2047) __builtin_trap();
  const struct Branch branch = {(uint32_t)low << 20 | 5 << 15 | 5 << 7 | 0x67};
  return branch;
}

#elif defined(__powerpc64__)

struct Branch {
  uint32_t word;
};

/* Below r1 nothing lives at a function's entry. */
__asm__(STUB_BEGIN
        "\tstd 11, -8(1)\n"
        "\tstd 12, -16(1)\n"
        "\tmflr 0\n"
        "\tbcl 20, 31, 1f\n"
        "1:\tmflr 11\n"
        "\tmtlr 0\n"
        "\taddis 12, 11, stub_calls-1b@ha\n"
        "\taddi 12, 12, stub_calls-1b@l\n"
        "\tld 0, 0(12)\n"
        "\taddic 0, 0, 1\n"
        "\tstd 0, 0(12)\n"
        "\taddis 12, 11, stub_body-1b@ha\n"
        "\taddi 12, 12, stub_body-1b@l\n"
        "\tld 0, 0(12)\n"
        "\tmtctr 0\n"
        "\tld 11, -8(1)\n"
        "\tld 12, -16(1)\n"
        "\tli 0, -1\n" TRASH(
            "\tmtcrf 0xc7, 0\n"
            "\tfsub 0, 0, 0\n"
            "\t.irp n, 0, 1, 14, 15, 16, 17, 18, 19\n\tvspltisb \\n, -1\n\t.endr\n") "\tbctr\n");

/* b stub */
static struct Branch MakeBranch(uintptr_t live, uint32_t isa, uintptr_t stub) {
  (void)isa;
  const struct Branch branch = {0x48000000 | ((stub - live) & 0x3fffffc)};
  return branch;
}
NO_GATE

#elif defined(__s390x__)

struct Branch {
  uint16_t opcode;
  int32_t distance;
} __attribute__((packed));

/* r1 is the address of the body; the caller has left room for r2. */
__asm__(STUB_BEGIN
        "\tstg %r2, 16(%r15)\n"
        "\tlarl %r2, stub_calls\n"
        "\tagsi 0(%r2), 1\n"
        "\tlg %r2, 16(%r15)\n" TRASH("\t.irpc n, 1357\n\tlzdr %f\\n\n\t.endr\n") "\tbr %r1\n");

/* brasl %r1, stub */
static struct Branch MakeBranch(uintptr_t live, uint32_t isa, uintptr_t stub) {
  (void)isa;
  const struct Branch branch = {0xc015, (int32_t)((intptr_t)(stub - live) / 2)};
  return branch;
}
NO_GATE

#endif

/* The address that a field holds, relative to the field. */
static uintptr_t Address(const int32_t* field) { return (uintptr_t)field + (uintptr_t)*field; }

/* Where a function's code begins, which is not where a pointer to Thumb code points. */
static uintptr_t Start(const struct Known* known) {
  return (uintptr_t)known->function & ~(uintptr_t)IS_THUMB((uintptr_t)known->function);
}

static void Write(uintptr_t address, const void* bytes, unsigned size) {
  MakeWritable(address, 1);
  __builtin_memcpy((void*)address, bytes, size);
  __builtin___clear_cache((char*)address, (char*)address + size);
  MakeWritable(address, 0);
}

#endif /* ALIVE_H_ */
