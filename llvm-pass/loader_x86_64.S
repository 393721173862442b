/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* llvmGetPassPluginInfo returns a struct by value whose size differs between LLVM majors: a jump
 * forwards whatever it is. Without an implementation the process has ended before. */
	.text
	.globl llvmGetPassPluginInfo
	.type llvmGetPassPluginInfo, %function
llvmGetPassPluginInfo:
	endbr64
	jmpq *ftrace_pass_plugin_info(%rip)
	.size llvmGetPassPluginInfo, .-llvmGetPassPluginInfo

	.section .note.GNU-stack,"",%progbits
