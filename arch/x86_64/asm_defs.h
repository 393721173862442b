/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Numbers that assembly and generated code share with C++; static_assert in regs.cpp. */
#ifndef FTRACE_ARCH_X86_64_ASM_DEFS_H_
#define FTRACE_ARCH_X86_64_ASM_DEFS_H_

/* struct ftrace_regs: eight pushes, then what the two calls have left on the stack. */
#define FTRACE_REGS_PUSHED 64
#define FTRACE_REGS_PAD_RETURN 64
#define FTRACE_REGS_PARENT 72

/* xmm0 to xmm7 carry arguments; a slot is as wide as the widest form. */
#define FTRACE_VECTOR_REGS 8
#define FTRACE_ZMM_SIZE 64

#define FTRACE_VECTOR_NONE 0
#define FTRACE_VECTOR_XMM 1
#define FTRACE_VECTOR_YMM 2
#define FTRACE_VECTOR_ZMM 3

#endif /* FTRACE_ARCH_X86_64_ASM_DEFS_H_ */
