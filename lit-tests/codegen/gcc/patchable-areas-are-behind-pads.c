// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The nops of -fpatchable-function-entry are all there, behind the pad, which stays aligned whatever
// is in front of the label; the record of GCC names the first nop.
// RUN: declare -A cc=(%each_cc) more=([aarch64]="-mbranch-protection=standard" [x86_64]="-fcf-protection" \
// RUN:     [i386]="-fcf-protection" [arm]="-march=armv5te+nofp -mfloat-abi=soft" [riscv64]="-march=rv64g")
// RUN: for target in ${!cc[@]}; do \
// RUN:   for flags in "" "-Os -fpic -ffunction-sections" ${more[$target]:+"${more[$target]}"}; do \
// RUN:     for area in 5:0 7:3; do \
// RUN:       option=${area/:/,}; option=${option%%,0}; \
// RUN:       ${cc[$target]} %plugin -O2 $flags -fpatchable-function-entry=$option -c %s -o %t.o || exit 1; \
// RUN:       %link_target %t.o -o %t && %check_sites %t > %t.sites && %python %S/../../patch_area.py %t > %t.areas || \
// RUN:         { echo "$target $flags $area"; exit 1; }; \
// RUN:       FileCheck -D#AFTER=$((${area%%:*} - ${area#*:})) -D#BEFORE=${area#*:} %s < %t.areas || \
// RUN:         { echo "$target $flags $area"; exit 1; }; \
// RUN:       FileCheck --check-prefix=PADS %s < %t.sites || { echo "$target $flags $area"; exit 1; }; \
// RUN:     done; \
// RUN:   done; \
// RUN: done
// CHECK:      Callee before=[[#BEFORE]] after=[[#AFTER]]
// CHECK-NEXT: Function before=[[#BEFORE]] after=[[#AFTER]]
// CHECK-NEXT: Indirect before=[[#BEFORE]] after=[[#AFTER]]
// CHECK-NEXT: Other before=0 after=2
// CHECK-NOT:  {{.}}
// PADS-DAG: pad Callee
// PADS-DAG: pad Function
// PADS-DAG: pad Indirect
// PADS-DAG: pad Other
// PADS-DAG: bare None
int External(int);
__attribute__((noinline)) static int Callee(int x) { return External(x) + 1; }
int Function(int x) { return Callee(x) + External(x); }
int Indirect(int (*call)(int), int x) { return call(x) + call(x + 1); }
__attribute__((patchable_function_entry(2))) int Other(int x) { return External(x) * 2; }
__attribute__((patchable_function_entry(0))) int None(int x) { return External(x) * 3; }
