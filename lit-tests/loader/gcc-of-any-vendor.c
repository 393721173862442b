// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The implementation is found whatever vendor built the compiler and however it spells its CPU. This
// program is a compiler as far as the loader can tell.
// RUN: rm -rf %t && mkdir -p %t/ftrace && cp %loader %t/
// RUN: %gcc %s -o %t/compiler -ldl
// RUN: for name in gcc-13-x86_64-linux-gnu gcc-13-x86_64-linux-musl gcc-9-i686-linux-gnu gcc-13-arm-linux-gnueabihf \
// RUN:     gcc-13-aarch64-linux-gnu gcc-13-mips64el-linux-gnuabi64; do \
// RUN:   %gcc -shared -fPIC -DIMPLEMENTATION="\"$name\"" -x c %s -o %t/ftrace/$name.so || exit 1; \
// RUN: done
// RUN: cd %t && for triple in x86_64-linux-gnu x86_64-pc-linux-gnu x86_64-redhat-linux x86_64-suse-linux \
// RUN:     x86_64-alpine-linux-musl aarch64-unknown-linux-gnu armv7l-unknown-linux-gnueabihf \
// RUN:     armv7hl-redhat-linux-gnueabihf mips64el-unknown-linux-gnuabi64; do \
// RUN:   ./compiler 13.2.1 "../configure --build=s390x-ibm-linux-gnu --target=$triple --enable-x" || exit 1; \
// RUN: done > found
// RUN: ./compiler 9.4.0 "../configure --prefix=/usr --build=i586-pc-linux-gnu" >> found
// RUN: not ./compiler 13.2.1 "../configure --target=sparc-sun-solaris2.11" 2>> found
// RUN: not ./compiler 14.1.0 "'../configure' '--build=x86_64-pc-linux-gnu' '--target=riscv64-unknown-linux-gnu'" 2>> found
// RUN: FileCheck %s < found
// CHECK:      gcc-13-x86_64-linux-gnu
// CHECK-NEXT: gcc-13-x86_64-linux-gnu
// CHECK-NEXT: gcc-13-x86_64-linux-gnu
// CHECK-NEXT: gcc-13-x86_64-linux-gnu
// CHECK-NEXT: gcc-13-x86_64-linux-musl
// CHECK-NEXT: gcc-13-aarch64-linux-gnu
// CHECK-NEXT: gcc-13-arm-linux-gnueabihf
// CHECK-NEXT: gcc-13-arm-linux-gnueabihf
// CHECK-NEXT: gcc-13-mips64el-linux-gnuabi64
// CHECK-NEXT: gcc-9-i686-linux-gnu
// CHECK-NEXT: ftrace: no plugin for GCC 13.2.1 for sparc-sun-solaris2.11 (gcc-13-sparc-sun-solaris2.11.so)
// CHECK-NEXT: ftrace: no plugin for GCC 14.1.0 for riscv64-linux-gnu (gcc-14-riscv64-linux-gnu.so): {{.*}}, or install gcc-14-plugin-dev-riscv64-linux-gnu and
#ifdef IMPLEMENTATION
#include <stdio.h>
int plugin_init(void* arguments, void* version) {
  puts(IMPLEMENTATION);
  return arguments == NULL || version == NULL;
}
#else
#include <dlfcn.h>
#include <stdio.h>

int main(int count, char** values) {
  const char* version[] = {values[1], "20260101", "", "", values[count - 1]};
  const char* arguments[8] = {"libftrace"};
  void* loader = dlopen("./libftrace.so", RTLD_NOW);
  if (loader == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 2;
  }
  int (*init)(void*, void*) = (int (*)(void*, void*))dlsym(loader, "plugin_init");
  return init((void*)arguments, (void*)version);
}
#endif
