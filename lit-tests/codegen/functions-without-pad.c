// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// No pad where something else than a C function is entered, where the program is not relocated yet,
// and where the source says so.
// RUN: for level in -O0 -O2; do \
// RUN:   %cc %plugin $level -mgeneral-regs-only -fPIC -c %s -o %t.o || exit 1; \
// RUN:   %link %t.o -o %t && %check_sites %t > %t.txt || exit 1; \
// RUN:   FileCheck %prefixes %s < %t.txt && FileCheck --check-prefix=NO %s < %t.txt || exit 1; \
// RUN: done

// NO-NOT: pad {{Naked|Interrupt|Resolve|MicrosoftAbi|PreservesMost|NoProfile|NoInstrument}}
// NO-NOT: pad {{__ftrace_own|NoPatchableEntry|AlwaysInline|GnuInline}}
int variable;

// CHECK-DAG: bare Naked
__attribute__((naked)) void Naked(void) { __asm__("ret"); }

// CHECK-DAG: bare Interrupt
struct InterruptFrame;
__attribute__((interrupt)) void Interrupt(struct InterruptFrame* frame) { variable = 1; }

// CHECK-DAG: bare Indirect,Resolve
// CHECK-DAG: pad Implementation
static int Implementation(int x) { return x; }
static int (*Resolve(void))(int) { return Implementation; }
int Indirect(int) __attribute__((ifunc("Resolve")));

// CHECK-DAG: bare MicrosoftAbi
__attribute__((ms_abi)) int MicrosoftAbi(int x) { return x + variable; }

#ifdef __clang__
// LLVM-DAG: bare PreservesMost
__attribute__((preserve_most)) void PreservesMost(int x) { variable = x; }
#endif

// CHECK-DAG: bare NoProfile
__attribute__((no_profile_instrument_function)) int NoProfile(int x) { return x; }

// CHECK-DAG: bare NoInstrument
__attribute__((no_instrument_function)) int NoInstrument(int x) { return x; }

// CHECK-DAG: bare NoPatchableEntry
__attribute__((patchable_function_entry(0))) int NoPatchableEntry(int x) { return x; }

// CHECK-DAG: bare __ftrace_own
int __ftrace_own(int x) { return x; }

// CHECK-DAG: pad UseInlines
static inline __attribute__((always_inline)) int AlwaysInline(int x) { return x * variable; }
extern inline __attribute__((gnu_inline)) int GnuInline(int x) { return x + variable; }
int UseInlines(int x) { return AlwaysInline(x) + GnuInline(x); }
