/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* For each instruction set a stub behind an enabled pad that calls Tell() and goes on to the body of
 * the function. To the unwinder it is a function called from behind the pad: it returns there,
 * with everything, the link register included, as it was at the function's entry. */
#ifndef BACKTRACE_H_
#define BACKTRACE_H_

#include "alive.h"

HIDDEN void Tell(void);
HIDDEN void Teller(void);

#define TELLER_BEGIN                                                                      \
  "\t.text\n\t.p2align 4\n\t.globl Teller\n\t.hidden Teller\n\t.type Teller, %function\n" \
  "Teller:\n"
#define TELLER_FOR(isa) ((uintptr_t)Teller)
/* Tell() and the stub. */
#define OWN_FRAMES 2

#if defined(__x86_64__)

__asm__(TELLER_BEGIN
        "\t.cfi_startproc\n"
        "\tpushq %rdi\n"
        "\tsubq $8, %rsp\n"
        "\t.cfi_adjust_cfa_offset 16\n"
        "\tcall Tell\n"
        "\taddq $8, %rsp\n"
        "\tpopq %rdi\n"
        "\t.cfi_adjust_cfa_offset -16\n"
        "\tret\n"
        "\t.cfi_endproc\n");

#elif defined(__i386__)

__asm__(TELLER_BEGIN
        "\t.cfi_startproc\n"
        "\tsubl $8, %esp\n"
        "\t.cfi_adjust_cfa_offset 8\n"
        "\tpushl %eax\n"
        "\tpushl %edx\n"
        "\tpushl %ecx\n"
        "\tsubl $4, %esp\n"
        "\t.cfi_adjust_cfa_offset 16\n"
        "\tcall Tell\n"
        "\taddl $4, %esp\n"
        "\tpopl %ecx\n"
        "\tpopl %edx\n"
        "\tpopl %eax\n"
        "\t.cfi_adjust_cfa_offset -16\n"
        "\taddl $8, %esp\n"
        "\t.cfi_adjust_cfa_offset -8\n"
        "\tret\n"
        "\t.cfi_endproc\n");

#elif defined(__aarch64__)

/* x30 is the body, which x10 stands for below; the caller's x30 is in x9. */
__asm__(TELLER_BEGIN
        "\t.cfi_startproc\n"
        "\t.cfi_return_column 10\n"
        "\tstp x9, x30, [sp, #-32]!\n"
        "\t.cfi_def_cfa_offset 32\n"
        "\t.cfi_offset 30, -32\n"
        "\t.cfi_offset 10, -24\n"
        "\tstr x0, [sp, #16]\n"
        "\tbl Tell\n"
        "\tldr x0, [sp, #16]\n"
        "\tldp x30, x10, [sp], #32\n"
        "\tret x10\n"
        "\t.cfi_endproc\n");

#elif defined(__arm__)

/* ARM's tables know a function only as it is past its prologue. So the stub returns to the caller:
 * the traced function is not a frame, and who asks knows it from the site. */
#define TELLER_CODE(ahead) \
  "\t.fnstart\n"           \
  "\tpush {r0, lr}\n"      \
  "\t.save {r0, lr}\n"     \
  "\tbl Tell\n"            \
  "\tldr r1, 2f\n"         \
  "1:\tadd r1, pc\n"       \
  "\tldr r12, [r1]\n"      \
  "\tpop {r0, lr}\n"       \
  "\tbx r12\n"             \
  "\t.p2align 2\n"         \
  "2:\t.long stub_body-(1b+" ahead ")\n\t.fnend\n"

#ifdef __thumb2__
__asm__("\t.syntax unified\n\t.thumb\n\t.thumb_func\n" TELLER_BEGIN TELLER_CODE("4"));
#else
__asm__("\t.syntax unified\n\t.arm\n" TELLER_BEGIN TELLER_CODE("8"));
#endif

#elif defined(__mips__)

/* $24 stands for the body; what a body may still need of what Tell() may change is kept. */
/* clang-format off */
__asm__("\t.set push\n"
        "\t.set noreorder\n"
        "\t.set noat\n"
        TELLER_BEGIN
        "\t.cfi_startproc\n"
        "\t.cfi_return_column 24\n"
        "\t" ADDI " $sp, $sp, -96\n"
        "\t.cfi_def_cfa_offset 96\n"
        "\t" STORE " $31, 88($sp)\n"
        "\t.cfi_offset 31, -8\n"
        "\t" STORE " $25, 72($sp)\n"
        "\t" STORE " $28, 64($sp)\n"
        "\t" STORE " $2, 56($sp)\n"
        "\t" STORE " $4, 48($sp)\n"
        "\tbal 1f\n"
        "\tnop\n"
        "\t.long stub_body-.\n"
        "\t.long Tell-.\n"
        "1:\tlw $8, 0($31)\n"
        "\t" ADD " $8, $8, $31\n"
        "\t" LOAD " $8, 0($8)\n"
        "\t" STORE " $8, 80($sp)\n"
        "\t.cfi_offset 24, -16\n"
        "\tlw $25, 4($31)\n"
        "\t" ADD " $25, $25, $31\n"
        "\t" ADDI " $25, $25, 4\n"
        "\tjalr $25\n"
        "\tnop\n"
        "\t" LOAD " $1, 80($sp)\n"
        "\t" LOAD " $31, 88($sp)\n"
        "\t" LOAD " $25, 72($sp)\n"
        "\t" LOAD " $28, 64($sp)\n"
        "\t" LOAD " $2, 56($sp)\n"
        "\t" LOAD " $4, 48($sp)\n"
        "\tjr $1\n"
        "\t" ADDI " $sp, $sp, 96\n"
        "\t.cfi_endproc\n"
        "\t.set pop\n");
/* clang-format on */

#elif defined(__riscv)

/* t0 is the body. */
__asm__(TELLER_BEGIN
        "\t.cfi_startproc\n"
        "\t.cfi_return_column 5\n"
        "\taddi sp, sp, -32\n"
        "\t.cfi_def_cfa_offset 32\n"
        "\tsd ra, 24(sp)\n"
        "\tsd t0, 16(sp)\n"
        "\tsd a0, 8(sp)\n"
        "\t.cfi_offset 1, -8\n"
        "\t.cfi_offset 5, -16\n"
        "\tcall Tell\n"
        "\tld ra, 24(sp)\n"
        "\tld t0, 16(sp)\n"
        "\tld a0, 8(sp)\n"
        "\taddi sp, sp, 32\n"
        "\tjr t0\n"
        "\t.cfi_endproc\n");

#elif defined(__powerpc64__)

/* r12 stands for the body; the link register is column 65. */
__asm__(TELLER_BEGIN
        "\t.cfi_startproc\n"
        "\t.cfi_return_column 12\n"
        "\tmflr 0\n"
        "\tstd 0, 16(1)\n"
        "\tstdu 1, -128(1)\n"
        "\t.cfi_def_cfa_offset 128\n"
        "\t.cfi_offset 65, 16\n"
        "\tstd 3, 104(1)\n"
        "\tstd 12, 96(1)\n"
        "\taddis 11, 2, stub_body@toc@ha\n"
        "\tld 11, stub_body@toc@l(11)\n"
        "\tstd 11, 112(1)\n"
        "\t.cfi_offset 12, -16\n"
        "\tbl Tell\n"
        "\tnop\n"
        "\tld 11, 112(1)\n"
        "\tmtctr 11\n"
        "\tld 3, 104(1)\n"
        "\tld 12, 96(1)\n"
        "\taddi 1, 1, 128\n"
        "\tld 0, 16(1)\n"
        "\tmtlr 0\n"
        "\tbctr\n"
        "\t.cfi_endproc\n");

#elif defined(__s390x__)

/* r1 is the body. The unwinder believes no CFA for r15 once a frame has told where it is. */
__asm__(TELLER_BEGIN
        "\t.cfi_startproc\n"
        "\t.cfi_return_column 1\n"
        "\tstmg %r14, %r15, 112(%r15)\n"
        "\t.cfi_offset 14, -48\n"
        "\t.cfi_offset 15, -40\n"
        "\tstg %r1, 104(%r15)\n"
        "\t.cfi_offset 1, -56\n"
        "\tstg %r2, 96(%r15)\n"
        "\taghi %r15, -160\n"
        "\t.cfi_def_cfa_offset 320\n"
        "\tbrasl %r14, Tell\n"
        "\taghi %r15, 160\n"
        "\tlg %r2, 96(%r15)\n"
        "\tlg %r1, 104(%r15)\n"
        "\tlg %r14, 112(%r15)\n"
        "\tbr %r1\n"
        "\t.cfi_endproc\n");

#endif

#endif /* BACKTRACE_H_ */
