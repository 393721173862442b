/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The gates: where generated code enters the runtime. Both are off the fast path and keep every
 * register that a trampoline keeps, vectors at the full width of this CPU.
 */
#include "arch/x86_64/asm_defs.h"

#define VECTOR_AREA (FTRACE_VECTOR_REGS * FTRACE_ZMM_SIZE)

        .text

/* struct ftrace_regs on the stack; see regs.h. */
        .macro PUSH_REGS
        push %r10
        push %rax
        push %r9
        push %r8
        push %rcx
        push %rdx
        push %rsi
        push %rdi
        .endm

        .macro POP_REGS
        pop %rdi
        pop %rsi
        pop %rdx
        pop %rcx
        pop %r8
        pop %r9
        pop %rax
        pop %r10
        .endm

/* \move between xmm/ymm/zmm 0-7 and the area at %rsp. Clobbers the flags. */
        .macro MOVE_VECTORS store
        cmpl $FTRACE_VECTOR_YMM, ftrace_gate_vectors(%rip)
        ja 2f
        je 1f
        .irp i, 0, 1, 2, 3, 4, 5, 6, 7
        .if \store
        movups %xmm\i, \i * FTRACE_ZMM_SIZE(%rsp)
        .else
        movups \i * FTRACE_ZMM_SIZE(%rsp), %xmm\i
        .endif
        .endr
        jmp 3f
1:
        .irp i, 0, 1, 2, 3, 4, 5, 6, 7
        .if \store
        vmovups %ymm\i, \i * FTRACE_ZMM_SIZE(%rsp)
        .else
        vmovups \i * FTRACE_ZMM_SIZE(%rsp), %ymm\i
        .endif
        .endr
        jmp 3f
2:
        .irp i, 0, 1, 2, 3, 4, 5, 6, 7
        .if \store
        vmovups %zmm\i, \i * FTRACE_ZMM_SIZE(%rsp)
        .else
        vmovups \i * FTRACE_ZMM_SIZE(%rsp), %zmm\i
        .endif
        .endr
3:
        .endm

/*
 * Called by a stub that found its bracket word odd. Above the return address into the stub lies
 * what the pad left. Returns with CF set: try again; clear: go on with the body.
 */
        .globl ftrace_gate_slow
        .hidden ftrace_gate_slow
        .type ftrace_gate_slow, @function
        .p2align 4
ftrace_gate_slow:
        endbr64
        pop %r11                        /* into the stub; pushed again below */
        PUSH_REGS
        mov %rsp, %rdi
        sub $(VECTOR_AREA + 16), %rsp
        mov %r11, VECTOR_AREA(%rsp)
        MOVE_VECTORS 1
        call ftrace_slow_path
        mov %eax, VECTOR_AREA + 8(%rsp)
        MOVE_VECTORS 0
        mov VECTOR_AREA(%rsp), %r11
        negl VECTOR_AREA + 8(%rsp)      /* CF = the result is not 0; what follows keeps it */
        lea (VECTOR_AREA + 16)(%rsp), %rsp
        POP_REGS
        push %r11
        ret
        .size ftrace_gate_slow, .-ftrace_gate_slow

/* Stands in for a trampoline, inside the bracket: walks the site's set, then leaves. */
        .globl ftrace_gate_generic
        .hidden ftrace_gate_generic
        .type ftrace_gate_generic, @function
        .p2align 4
ftrace_gate_generic:
        endbr64
        PUSH_REGS
        mov %rsp, %rdi
        sub $VECTOR_AREA, %rsp
        MOVE_VECTORS 1
        call ftrace_walk_site
        MOVE_VECTORS 0
        add $VECTOR_AREA, %rsp
        POP_REGS
        mov ftrace_thread_record@gottpoff(%rip), %r11
        mov %fs:(%r11), %r11
        incl (%r11)
        ret
        .size ftrace_gate_generic, .-ftrace_gate_generic

        .section .note.GNU-stack, "", @progbits
