// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a whole unit can have no pads, one note says so: no warning, and the object is what it is
// without the plugin. -fopt-info-missed tells of each function.
// RUN: declare -A cc=(%each_cc) modes=([x86_64]="-mx32;-m16" [i386]="-m16" [aarch64]="-mabi=ilp32;-ffixed-x9" \
// RUN:     [arm]="-mbig-endian" [thumb]="-march=armv6-m -mfloat-abi=soft" [mips]="-mips16 -msoft-float;-mmicromips" \
// RUN:     [mips64el]="-mabi=n32" [riscv64]="-march=rv32imac -mabi=ilp32;-ffixed-t0" [s390x]="-m31") \
// RUN:   options=([s390x]="-mhotpatch=1,2" [ppc64le]="-pg -mprofile-kernel")
// RUN: echo "${!cc[@]}" > %t.targets
// RUN: for target in ${!cc[@]}; do \
// RUN:   IFS=';' read -ra list <<< "${modes[$target]}"; \
// RUN:   for flags in "${list[@]}" ${options[$target]:+"${options[$target]}"}; do \
// RUN:     command="${cc[$target]} $flags -O2 -Werror -ffreestanding -S %s"; \
// RUN:     $command -o %t.plain.s && $command %plugin -fopt-info-missed=%t.missed -o %t.s 2> %t.txt || exit 1; \
// RUN:     test $(wc -l < %t.txt) = 1 && cmp %t.s %t.plain.s || { echo "$target $flags"; cat %t.txt; exit 1; }; \
// RUN:     prefix=MODE; test "$flags" = "${options[$target]}" && prefix=OPTION; \
// RUN:     FileCheck --check-prefix=$prefix %s < %t.txt && FileCheck --check-prefix=MISSED-$prefix %s < %t.missed || \
// RUN:       { echo "$target $flags"; exit 1; }; \
// RUN:   done; \
// RUN: done
// MODE: note: ftrace: no pads for this ABI or instruction set mode: there are for x86_64, i386, aarch64, arm (A32, Thumb-2), mips (o32, n64), riscv64, ppc64le and s390x
// OPTION: note: ftrace: no pad in any function: -m{{.*}} begins it with
// MISSED-MODE-DAG: missed: no pad in Function: its target or instruction set mode has none
// MISSED-MODE-DAG: missed: no pad in Other: its target or instruction set mode has none
// MISSED-OPTION-DAG: missed: no pad in Function: -m{{.*}} begins it with
// MISSED-OPTION-DAG: missed: no pad in Other: -m{{.*}} begins it with
//
// Split stacks are every function's that does not ask to be spared.
// RUN: %cc %plugin -O2 -Werror -fsplit-stack -fopt-info-missed=%t.missed -S %s -o %t.s 2> %t.txt
// RUN: %cc -O2 -fsplit-stack -S %s -o %t.plain.s && cmp %t.s %t.plain.s
// RUN: cat %t.txt %t.missed | FileCheck --check-prefix=SPLIT %s
// SPLIT: note: ftrace: no pads with '-fsplit-stack': compile without it
// SPLIT-DAG: missed: no pad in Function: -fsplit-stack begins it with a check of the stack
// SPLIT-DAG: missed: no pad in Other: -fsplit-stack begins it with a check of the stack
//
// Nothing is lost where nothing is compiled.
// RUN: for flags in -fsyntax-only -E "-x c-header"; do \
// RUN:   %cc %plugin -mx32 $flags -flto %s -o %t.out > %t.output 2> %t.txt || exit 1; \
// RUN:   test ! -s %t.txt || { echo "with $flags"; cat %t.txt; exit 1; }; \
// RUN: done
int Function(int x) { return x; }
int Other(int x) { return x + 1; }
