/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The site record and the module note: what a compiler plugin tells the runtime and the tools.
 *
 * This is the ONE definition. Both compiler plugins print it, the runtime, the tools and the tests
 * read it, assembly includes it. A record is eight bytes, position independent and read-only; the
 * note that finds the table carries FTRACE_ABI_VERSION, which changes when a field moves.
 */
#ifndef FTRACE_ARCH_SITE_H_
#define FTRACE_ARCH_SITE_H_

/* Constants come first, and as macros: assembly needs them. */

#define FTRACE_ABI_VERSION 1

#define FTRACE_SITE_SECTION "__ftrace_sites"
#define FTRACE_SITE_SIZE 8

/*
 * The second word of a record: name in lower case, first bit, number of bits.
 *   width          bytes of the pad, constant instructions included
 *   isa            FTRACE_ISA_*: instruction set and mode (A32 and Thumb-2 are two)
 *   kind           FTRACE_KIND_*
 *   stack_args     FTRACE_STACK_*: how many bytes of arguments the caller left on the stack
 *   variadic       the function takes `...`
 *   vector_args    floating-point or vector registers may carry arguments
 *   lead           bytes from the function's symbol to the live instruction of the pad
 *   may_unwind     an exception may cross the function
 *   wide_reg_args  a local calling convention: arguments in registers beyond the C convention's
 *   static_chain   a nested function: the static chain register is live
 *   compiler       FTRACE_COMPILER_*
 *   entry_only     calling the body instead of running it would be noticed (returns twice, pops its
 *                  arguments, takes its return address): no function graph
 *   reserved       zero
 */
#define FTRACE_SITE_FIELDS(X) \
  X(width, 0, 4)              \
  X(isa, 4, 4)                \
  X(kind, 8, 3)               \
  X(stack_args, 11, 3)        \
  X(variadic, 14, 1)          \
  X(vector_args, 15, 1)       \
  X(lead, 16, 8)              \
  X(may_unwind, 24, 1)        \
  X(wide_reg_args, 25, 1)     \
  X(static_chain, 26, 1)      \
  X(compiler, 27, 1)          \
  X(entry_only, 28, 1)        \
  X(reserved, 29, 3)

/* The assembler adds `(pad - function) << lead`, so it needs this one as a macro of its own. */
#define FTRACE_SITE_LEAD_SHIFT 16

#define FTRACE_ISA_X86_64 1
#define FTRACE_ISA_I386 2
#define FTRACE_ISA_AARCH64 3
#define FTRACE_ISA_ARM_A32 4
#define FTRACE_ISA_ARM_THUMB2 5
#define FTRACE_ISA_MIPS32 6
#define FTRACE_ISA_MIPS64 7
#define FTRACE_ISA_RISCV64 8
#define FTRACE_ISA_PPC64LE 9
#define FTRACE_ISA_S390X 10

#define FTRACE_KIND_ENTRY 0
#define FTRACE_KIND_EXIT_RETURN 1
#define FTRACE_KIND_EXIT_TAIL_CALL 2
#define FTRACE_KIND_ENTRY_THUNK 3
#define FTRACE_KIND_STATIC_KEY 4

#define FTRACE_STACK_NONE 0
#define FTRACE_STACK_16 1  /* at most 16 bytes */
#define FTRACE_STACK_64 2  /* at most 64 bytes */
#define FTRACE_STACK_256 3 /* at most 256 bytes */
#define FTRACE_STACK_UNKNOWN 4

#define FTRACE_COMPILER_LLVM 0
#define FTRACE_COMPILER_GCC 1

/*
 * ELF notes of owner "ftrace". Type 1: one per module, where its sites are. Type 2: the module
 * carries a runtime. The COMDAT group of the first is named after the ABI version, so that objects
 * of two versions leave two notes and the module is refused instead of being misread.
 */
#define FTRACE_NOTE_SECTION ".note.ftrace"
#define FTRACE_NOTE_OWNER "ftrace"
#define FTRACE_NOTE_OWNER_SIZE 7
#define FTRACE_NOTE_SITES 1
#define FTRACE_NOTE_RUNTIME 2
#define FTRACE_NOTE_SITES_SIZE 16
#define FTRACE_NOTE_GROUP "__ftrace_note_1"

#ifndef __ASSEMBLER__

#include <stdint.h>

struct ftrace_site {
  int32_t pad;    /* the live instruction of the pad, less &this->pad */
  uint32_t facts; /* FTRACE_SITE_FIELDS */
};

/* The descriptor of a FTRACE_NOTE_SITES note. Addresses are relative to the field that holds them.
 */
struct ftrace_note_sites {
  uint32_t version; /* FTRACE_ABI_VERSION */
  int32_t start;    /* first record */
  int32_t stop;     /* behind the last record */
  int32_t gate;     /* RISC-V: the module's __ftrace_gate; elsewhere 0 */
};

/* ftrace_site_<field>(facts) reads, ftrace_site_make_<field>(value) builds; wrong values are cut.
 */
#define FTRACE_SITE_ACCESSOR(name, shift, bits)                    \
  static inline uint32_t ftrace_site_##name(uint32_t facts) {      \
    return (facts >> (shift)) & ((UINT32_C(1) << (bits)) - 1);     \
  }                                                                \
  static inline uint32_t ftrace_site_make_##name(uint32_t value) { \
    return (value & ((UINT32_C(1) << (bits)) - 1)) << (shift);     \
  }
FTRACE_SITE_FIELDS(FTRACE_SITE_ACCESSOR)
#undef FTRACE_SITE_ACCESSOR

/* The class of a known number of bytes of stack arguments. */
static inline uint32_t ftrace_site_stack_class(uint64_t bytes) {
  if (bytes == 0) return FTRACE_STACK_NONE;
  if (bytes <= 16) return FTRACE_STACK_16;
  if (bytes <= 64) return FTRACE_STACK_64;
  if (bytes <= 256) return FTRACE_STACK_256;
  return FTRACE_STACK_UNKNOWN;
}

#ifdef __cplusplus
static_assert(sizeof(ftrace_site) == FTRACE_SITE_SIZE, "__ftrace_sites is indexed by eight");
static_assert(sizeof(ftrace_note_sites) == FTRACE_NOTE_SITES_SIZE, "the plugins print 16 bytes");
#endif

#endif /* __ASSEMBLER__ */

#endif /* FTRACE_ARCH_SITE_H_ */
