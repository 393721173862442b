// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_ARCH_MIPS_ASSEMBLY_H_
#define FTRACE_ARCH_MIPS_ASSEMBLY_H_

#include "arch/arch_assembly.h"
#include "arch/site.h"

namespace ftrace::mips {

inline constexpr char kHead[] =
    "\t.set push\n"
    "\t.set noreorder\n"
    "\t.set nomacro\n";

inline constexpr char kLive[] =
    "\tnop\n"
    "\tnop\n"
    "\t.set pop\n";

// Finds everything from the address of the words behind its `bal`, without $28: one text for
// position-independent code and other. What differs between the ABIs: instructions on addresses,
// loads and stores of them, the directive for one and its alignment.
#define FTRACE_MIPS_HOOK(addiu, addu, load, store, word, align)                   \
  "\t.set push\n"                                                                 \
  "\t.set noreorder\n"                                                            \
  "\t" addiu                                                                      \
  " $sp, $sp, -32\n"                                                              \
  "\t" store                                                                      \
  " $31, 16($sp)\n"                                                               \
  "\tbal 1f\n"                                                                    \
  "\tnop\n"                                                                       \
  "\t.long .Lftrace_{callee}-.\n"                                                 \
  "\t.long .Lftrace_note-.\n"                                                     \
  "\t.pushsection .data.rel.ro.{function}, \"awG\", %progbits, {group}, comdat\n" \
  "\t.p2align " align                                                             \
  "\n"                                                                            \
  ".Lftrace_{callee}:\n"                                                          \
  "\t" word                                                                       \
  " {callee}\n"                                                                   \
  "\t.popsection\n"                                                               \
  "1:\tlw $2, 0($31)\n"                                                           \
  "\t" addu                                                                       \
  " $2, $2, $31\n"                                                                \
  "\t" load                                                                       \
  " $25, 0($2)\n"                                                                 \
  "\tlw $4, 4($31)\n"                                                             \
  "\t" addu                                                                       \
  " $4, $4, $31\n"                                                                \
  "\t" addiu                                                                      \
  " $4, $4, 4\n"                                                                  \
  "\t" load                                                                       \
  " $31, 16($sp)\n"                                                               \
  "\tbeqz $25, 4f\n"                                                              \
  "\t" addiu                                                                      \
  " $sp, $sp, 32\n"                                                               \
  "\tjr $25\n"                                                                    \
  "\tnop\n"                                                                       \
  "4:\tjr $31\n"                                                                  \
  "\tnop\n"                                                                       \
  "\t.set pop\n"

inline constexpr ArchAssembly k32Assembly = {
    FTRACE_ISA_MIPS32,
    kHead,
    kLive,
    FTRACE_MIPS_HOOK("addiu", "addu", "lw", "sw", ".long", "2"),
    "",
    "0",
};

inline constexpr ArchAssembly k64Assembly = {
    FTRACE_ISA_MIPS64,
    kHead,
    kLive,
    FTRACE_MIPS_HOOK("daddiu", "daddu", "ld", "sd", ".quad", "3"),
    "",
    "0",
};

#undef FTRACE_MIPS_HOOK

}  // namespace ftrace::mips

#endif  // FTRACE_ARCH_MIPS_ASSEMBLY_H_
