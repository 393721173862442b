/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* With LIBRARY, that library comes and goes while the program runs. */
#include <stdio.h>

#ifdef LIBRARY
#include <dlfcn.h>
#endif

__attribute__((constructor(101))) void Construct(void) {
  puts("main constructor");
  fflush(stdout);
}
__attribute__((destructor(101))) void Destroy(void) {
  puts("main destructor");
  fflush(stdout);
}

int Twice(int x) { return 2 * x; }

int main(int argc, char** argv) {
#ifdef LIBRARY
  void* library = dlopen(LIBRARY, RTLD_NOW);
  if (!library) {
    puts(dlerror());
    return 1;
  }
  puts("in main");
  fflush(stdout);
  return dlclose(library);
#else
  puts("in main");
  return Twice(argc) - 2 + (argv == 0);
#endif
}

/* DYNAMIC:      init 4 sites, right gate
   DYNAMIC-NEXT: main constructor
   DYNAMIC-NEXT: init 3 sites, right gate
   DYNAMIC-NEXT: library constructor
   DYNAMIC-NEXT: in main
   DYNAMIC-NEXT: library destructor
   DYNAMIC-NEXT: exit 3 sites, right gate
   DYNAMIC-NEXT: main destructor
   DYNAMIC-NEXT: exit 4 sites, right gate
   DYNAMIC-NOT:  {{.}} */

/* STATIC:      init 4 sites, right gate
   STATIC-NEXT: main constructor
   STATIC-NEXT: in main
   STATIC-NEXT: main destructor
   STATIC-NEXT: exit 4 sites, right gate
   STATIC-NOT:  {{.}} */

/* ALONE:      main constructor
   ALONE-NEXT: in main
   ALONE-NEXT: main destructor
   ALONE-NOT:  {{.}} */
