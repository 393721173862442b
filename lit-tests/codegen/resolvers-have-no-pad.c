// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Resolvers run while their module is being relocated, so no tracer may be called from them: those
// of the source, also behind an alias, and those that the compilers write. What they choose from has
// pads.
// RUN: for level in -O0 -O2; do \
// RUN:   %cc %plugin $level -fPIC %missed -c %s -o %t.o 2> %t.told || exit 1; \
// RUN:   %link %t.o -o %t && %check_sites %t > %t.txt || exit 1; \
// RUN:   FileCheck %prefixes %s < %t.txt && FileCheck --check-prefix=NO %s < %t.txt || exit 1; \
// RUN:   FileCheck --check-prefix=TOLD %s < %t.told || exit 1; \
// RUN: done
// TOLD-DAG: {{remark|missed}}: no pad in Resolve: it is an ifunc resolver
// TOLD-DAG: {{remark|missed}}: no pad in ResolveBehindAlias: it is an ifunc resolver
// NO-NOT: pad {{.*(Resolve|resolver)}}
int variable;

// CHECK-DAG: pad Implementation{{ }}
static int Implementation(int x) { return x + variable; }
// CHECK-DAG: bare {{.*}}Resolve{{$}}
static int (*Resolve(void))(int) { return Implementation; }
int Indirect(int) __attribute__((ifunc("Resolve")));

// CHECK-DAG: bare {{.*}}ResolveBehindAlias
int (*ResolveBehindAlias(void))(int) { return Implementation; }
int (*Alias(void))(int) __attribute__((alias("ResolveBehindAlias")));
#if !defined __clang__ || __clang_major__ < 17
int IndirectByAlias(int) __attribute__((ifunc("Alias")));
#else  // 19 crashes in checkAliases(), with or without plugins.
int IndirectByAlias(int) __attribute__((ifunc("ResolveBehindAlias")));
#endif

// CHECK-DAG: pad Cloned.{{(avx2|default)[^ ]*}} {{.*}}
// CHECK-DAG: bare {{.*}}Cloned.resolver
__attribute__((target_clones("default", "avx2"))) int Cloned(int x) { return x * variable; }
int UseCloned(int x) { return Cloned(x); }

#ifdef __clang__
// LLVM-DAG: pad Dispatched.{{[A-Z]}} {{.*}}
// LLVM-DAG: bare {{.*}}Dispatched.resolver
__attribute__((cpu_specific(ivybridge))) int Dispatched(void) { return variable; }
__attribute__((cpu_specific(atom))) int Dispatched(void) { return variable + 1; }
__attribute__((cpu_dispatch(ivybridge, atom))) int Dispatched(void) {}
int UseDispatched(void) { return Dispatched(); }
#endif
