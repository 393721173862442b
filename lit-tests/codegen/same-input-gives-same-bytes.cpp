// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// No time, path of the output, address or order of a hash table is in the object.
// RUN: %clangxx %plugin -O2 -g -c %s -o %t.1.o
// RUN: %clangxx %plugin -O2 -g -c %s -o %t.2.o
// RUN: cmp %t.1.o %t.2.o
// RUN: llvm-readelf -S %t.1.o | FileCheck %s
// CHECK: __ftrace_sites
#include <map>
#include <string>
int Lookup(const std::map<std::string, int>& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? -1 : found->second;
}
__attribute__((no_instrument_function)) int Hidden(int x) { return x; }
