// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The plugin refuses a GCC that is not the very one it was built for, in one line that says what to
// do; this file is a loader that claims another date.
// RUN: triple=$(%cc -dumpmachine) && rm -rf %t && mkdir %t && echo 'int Function(int x) { return x; }' > %t/input.c
// RUN: %cc -shared -fPIC -DIMPLEMENTATION="\"%libdir/ftrace/gcc-%gcc_major-$triple.so\"" %s -o %t/libftrace.so
// RUN: %cc %plugin -c %t/input.c -o %t/a.o && rm %t/a.o
// RUN: not %cc -fplugin=%t/libftrace.so -c %t/input.c -o %t/a.o 2> %t/errors
// RUN: FileCheck -DMAJOR=%gcc_major %s < %t/errors && not ls %t/a.o
// CHECK-NOT: ftrace:
// CHECK: ftrace: the plugin was built for GCC [[VERSION:[0-9.]+]] of {{2[0-9]+}}, this is [[VERSION]] of 20000101: build ftrace again
// CHECK-NOT: ftrace:
#include <dlfcn.h>
#include <string.h>

struct Version {
  const char* parts[5];
};

int plugin_is_GPL_compatible;

int plugin_init(void* arguments, struct Version* version) {
  void* implementation = dlopen(IMPLEMENTATION, RTLD_NOW);
  int (*init)(void*, struct Version*) =
      (int (*)(void*, struct Version*))dlsym(implementation, "plugin_init");
  struct Version other = *version;
  other.parts[1] = "20000101";
  return init(arguments, &other);
}
