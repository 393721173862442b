// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// No time, path of a directory, of the output or of the plugin, address or order of a hash table is
// in the output: the same source is compiled in two directories with a plugin in each. Not so the
// objects of GCC's -flto, which hold the command line and random names, with or without the plugin.
// RUN: case %COMPILER in LLVM) bitcode="a.bc thin.bc"; own=;; \
// RUN:   GCC) bitcode=; own=-gno-record-gcc-switches;; esac
// RUN: rm -rf %t && mkdir -p %t/one/lib %t/two/further/lib
// RUN: for directory in %t/one %t/two/further; do \
// RUN:   cd $directory && cp %s a.cpp && cp %loader lib/ && \
// RUN:   ln -s %libdir/ftrace lib/ftrace && \
// RUN:   flags="-fplugin=$PWD/lib/libftrace.so -ffile-prefix-map=$PWD=. $own" && \
// RUN:   %cxx $flags -O2 -g -c a.cpp -o a.o && \
// RUN:   %cxx $flags -O0 -fPIC -ffunction-sections -c a.cpp -o sections.o && \
// RUN:   %cxx $flags -fplugin-arg-libftrace-file='*.cpp' -O2 -S a.cpp -o a.s && \
// RUN:   for file in $bitcode; do \
// RUN:     case $file in a.bc) lto=full;; thin.bc) lto=thin;; esac; \
// RUN:     %cxx $flags -O2 -flto=$lto -c a.cpp -o $file 2> remarks || exit 1; \
// RUN:   done || exit 1; \
// RUN: done
// RUN: cd %t && for file in a.o sections.o a.s $bitcode; do \
// RUN:   cmp one/$file two/further/$file || exit 1; \
// RUN: done
// RUN: llvm-readelf -S one/a.o | FileCheck %s
// CHECK: __ftrace_sites
// RUN: not grep -r -F %t %t/one --include='*.o' --include='*.s' --include='*.bc'
#include <map>
#include <string>
int Lookup(const std::map<std::string, int>& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? -1 : found->second;
}
__attribute__((no_instrument_function)) int Hidden(int x) { return x; }
