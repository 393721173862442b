// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every function that is wanted and can have no pad is told of on request, with the reason; -Werror
// stays green, and what was not asked for is not told of.
// RUN: declare -A cc=(%each_cc)
// RUN: for target in ${!cc[@]}; do \
// RUN:   flags=; case $target in x86_64|i386) flags="-mgeneral-regs-only -fno-pic";; arm|thumb) flags="-march=armv7-a+fp -mgeneral-regs-only";; esac; \
// RUN:   ${cc[$target]} %plugin $flags -O2 -Werror -fopt-info-missed=%t.txt -c %s -o %t.o > %t.output 2>&1 || exit 1; \
// RUN:   test ! -s %t.output && sed -i '/no pad/!d' %t.txt || { echo $target; exit 1; }; \
// RUN:   FileCheck --check-prefixes=ALL,$target --allow-unused-prefixes %s < %t.txt && \
// RUN:   FileCheck --check-prefix=NONE %s < %t.txt || { echo $target; exit 1; }; \
// RUN:   %link_target %t.o -o %t && %check_sites %t > %t.sites || exit 1; \
// RUN:   FileCheck --check-prefix=SITES %s < %t.sites || { echo $target; exit 1; }; \
// RUN: done
// NONE-NOT: NotWanted
// SITES-NOT: pad No
// SITES-DAG: pad Plain
// SITES-NOT: pad No
int variable;
int Plain(int x) { return x + variable; }
__attribute__((no_instrument_function)) int NotWanted(int x) { return x + variable; }

// ALL-DAG: missed: no pad in NoProfile: it is not to be instrumented for a profile
__attribute__((no_profile_instrument_function)) int NoProfile(int x) { return x; }

#if defined(__x86_64__) || defined(__i386__)
// x86_64-DAG: missed: no pad in NoInterrupt: it is an interrupt handler
// i386-DAG: missed: no pad in NoInterrupt: it is an interrupt handler
struct Frame;
__attribute__((interrupt)) void NoInterrupt(struct Frame* frame) { variable = 1; }
// x86_64-DAG: missed: no pad in NoException: it is an interrupt handler
// i386-DAG: missed: no pad in NoException: it is an interrupt handler
__attribute__((interrupt)) void NoException(struct Frame* frame, unsigned long code) {
  variable = 1;
}
// x86_64-DAG: missed: no pad in NoNaked: it is naked
// i386-DAG: missed: no pad in NoNaked: it is naked
__attribute__((naked)) void NoNaked(void) { __asm__("ret"); }
// x86_64-DAG: missed: no pad in NoSavedRegisters: its calling convention is not that of C
// i386-DAG: missed: no pad in NoSavedRegisters: its calling convention is not that of C
__attribute__((no_caller_saved_registers)) int NoSavedRegisters(int x) { return x + variable; }
// x86_64-DAG: missed: no pad in NoHook: the attribute ms_hook_prologue begins it
// i386-DAG: missed: no pad in NoHook: the attribute ms_hook_prologue begins it
__attribute__((ms_hook_prologue)) int NoHook(int x) { return x + variable; }
// x86_64-DAG: missed: no pad in NoResolver: it is an ifunc resolver
// i386-DAG: missed: no pad in NoResolver: it is an ifunc resolver
static int (*NoResolver(void))(int) { return Plain; }
int Indirect(int) __attribute__((ifunc("NoResolver")));
#endif

#ifdef __x86_64__
// x86_64-DAG: missed: no pad in NoMicrosoft: its calling convention is not that of C
__attribute__((ms_abi)) int NoMicrosoft(int x) { return x + variable; }
#endif

#ifdef __aarch64__
// aarch64-DAG: missed: no pad in NoVectorPcs: its calling convention is not that of C
typedef float Vector __attribute__((vector_size(16)));
__attribute__((aarch64_vector_pcs)) Vector NoVectorPcs(Vector x) { return x; }
#ifndef __AARCH64EB__
// aarch64-DAG: missed: no pad in NoScalableArgument: its calling convention is not that of C
// aarch64-DAG: missed: no pad in NoScalablePredicate: its calling convention is not that of C
// aarch64-DAG: missed: no pad in NoScalableResult: its calling convention is not that of C
#pragma GCC target("+sve")
__attribute__((target("+sve"))) int NoScalableArgument(__SVInt32_t x) { return variable; }
__attribute__((target("+sve"))) int NoScalablePredicate(__SVBool_t x) { return variable; }
__attribute__((target("+sve"))) __SVInt32_t NoScalableResult(__SVInt32_t* x) { return *x; }
#endif
#endif

#ifdef __arm__
// arm-DAG: missed: no pad in NoInterrupt: it is an interrupt handler
// thumb-DAG: missed: no pad in NoInterrupt: it is an interrupt handler
__attribute__((interrupt("IRQ"), target("general-regs-only"))) void NoInterrupt(void) {
  variable = 1;
}
// arm-DAG: missed: no pad in NoIsr: it is an interrupt handler
// thumb-DAG: missed: no pad in NoIsr: it is an interrupt handler
__attribute__((isr, target("general-regs-only"))) void NoIsr(void) { variable = 1; }
// arm-DAG: missed: no pad in NoNaked: it is naked
// thumb-DAG: missed: no pad in NoNaked: it is naked
__attribute__((naked)) void NoNaked(void) { __asm__("bx lr"); }
#endif

#if defined(__mips__) && !defined(__mips64)
// mips-DAG: missed: no pad in NoMips16: its target or instruction set mode has none
// mipsel-DAG: missed: no pad in NoMips16: its target or instruction set mode has none
__attribute__((mips16)) int NoMips16(int x) { return x + 1; }
#endif
#ifdef __mips__
// mips-DAG: missed: no pad in NoInterrupt: it is an interrupt handler
// mipsel-DAG: missed: no pad in NoInterrupt: it is an interrupt handler
// mips64-DAG: missed: no pad in NoInterrupt: it is an interrupt handler
// mips64el-DAG: missed: no pad in NoInterrupt: it is an interrupt handler
__attribute__((interrupt)) void NoInterrupt(void) { variable = 1; }
#endif

#ifdef __riscv
// riscv64-DAG: missed: no pad in NoInterrupt: it is an interrupt handler
__attribute__((interrupt)) void NoInterrupt(void) { variable = 1; }
// riscv64-DAG: missed: no pad in NoNaked: it is naked
__attribute__((naked)) void NoNaked(void) { __asm__("ret"); }
#endif

#ifdef __s390x__
// s390x-DAG: missed: no pad in NoHotpatch: the attribute hotpatch begins it with nops
__attribute__((hotpatch(1, 2))) int NoHotpatch(int x) { return x + variable; }
#endif
