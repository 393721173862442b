/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Says that this module carries a runtime: `ftrace` then preloads none. No instruction here, so the
 * file serves every instruction set.
 */
#include "arch/site.h"

        .pushsection .note.ftrace, "aR", %note
        .p2align 2
        .globl ftrace_runtime_note
        .hidden ftrace_runtime_note
ftrace_runtime_note:
        .long FTRACE_NOTE_OWNER_SIZE, 4, FTRACE_NOTE_RUNTIME
        .asciz FTRACE_NOTE_OWNER
        .p2align 2
        .long FTRACE_ABI_VERSION
        .popsection

        .section .note.GNU-stack, "", %progbits
