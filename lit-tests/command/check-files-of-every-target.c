// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `ftrace check` and `ftrace list` read objects, archives, libraries and programs of every target,
// on this host: both ELF classes, both byte orders, each way to relocate a record.

// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: try() { name=$1; shift; \
// RUN:   "$@" %plugin -O2 -fPIC -ffunction-sections -c %s -o $name.o && \
// RUN:   "$@" %plugin -O0 -DSECOND -c %s -o $name.2.o && \
// RUN:   rm -f $name.a && ar rcs $name.a $name.o $name.2.o && \
// RUN:   ld.lld -e 0 $name.o $name.2.o -o $name && \
// RUN:   ld.lld -shared --gc-sections -u first $name.o -o $name.so && \
// RUN:   %check_sites $name > /dev/null && %check_sites $name.so > /dev/null && \
// RUN:   %ftrace check $name.o $name.a $name $name.so > out && FileCheck -DNAME=$name %s < out && \
// RUN:   %ftrace list $name 'fir*' > out && FileCheck -DNAME=$name --check-prefix=LIST %s < out && \
// RUN:   %ftrace list $name.2.o > out && FileCheck -DNAME=$name --check-prefix=OBJECT %s < out; }
// RUN: try x86_64 %cc_x86_64 -fcf-protection && try i386 %cc_i386 && \
// RUN: try i386-cet %cc_i386 -fcf-protection && try aarch64 %cc_aarch64 && \
// RUN: try aarch64-bti %cc_aarch64 -mbranch-protection=standard && \
// RUN: try aarch64_be %cc_aarch64_be && try arm %cc_arm && try thumb %cc_thumb && \
// RUN: try armv5 %cc_arm -march=armv5te -mfloat-abi=soft && try mips %cc_mips && \
// RUN: try mipsel %cc_mipsel && try mips64 %cc_mips64 && try mips64el %cc_mips64el && \
// RUN: try riscv64 %cc_riscv64 && try ppc64le %cc_ppc64le && try s390x %cc_s390x

#ifdef SECOND
int second(int value) { return value + 2; }
#else
static int counter;
int first(int value) { return counter += value; }
int unused(int value) { return value - 1; }
#endif

// CHECK:      {{^}}[[NAME]].o: 2 of {{[0-9]+}} functions have pads, all good
// CHECK-NEXT: {{^}}[[NAME]].a([[NAME]].o): 2 of {{[0-9]+}} functions have pads, all good
// CHECK-NEXT: {{^}}[[NAME]].a([[NAME]].2.o): 1 of {{[0-9]+}} functions have pads, all good
// CHECK-NEXT: {{^}}[[NAME]]: 3 of {{[0-9]+}} functions have pads, all good
// CHECK-NEXT: {{^}}[[NAME]].so: 2 of {{[0-9]+}} functions have pads, all good
// CHECK-NOT:  {{.}}

// LIST:     {{^[0-9a-f]+}}  first  [[NAME]]  off{{$}}
// LIST-NOT: {{.}}

// OBJECT:     {{^[0-9a-f]+}}  second  [[NAME]].2.o  off{{$}}
// OBJECT-NOT: {{.}}
