/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdio.h>

__attribute__((constructor(101))) void Construct(void) {
  puts("library constructor");
  fflush(stdout);
}
__attribute__((destructor(101))) void Destroy(void) {
  puts("library destructor");
  fflush(stdout);
}
int Work(int x) { return x; }
