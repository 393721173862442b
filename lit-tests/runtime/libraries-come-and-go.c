// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sites of the program, of a library it links and of one it opens while it runs: known when dlopen()
// returns, its constructor's calls traced, gone before dlclose() unmaps it (M1, M5, M6).
// RUN: %cc -O2 %plugin -fPIC -shared -DLINKED %s %include -I%S/Inputs %runtime -o %t.linked.so
// RUN: %cc -O2 %plugin -fPIC -shared -DOPENED %s %include -I%S/Inputs -o %t.opened.so
// RUN: %cc -O2 %plugin %s %include -I%S/Inputs %t.linked.so %runtime -ldl -pthread -o %t
// RUN: %t %t.opened.so
#if defined(LINKED)

int linked_function(int a) {
  __asm__ volatile("");
  return a * 2;
}

#elif defined(OPENED)

static int constructed;
__attribute__((noinline)) int opened_function(int a) {
  __asm__ volatile("");
  return a * 3 + constructed;
}
__attribute__((constructor)) static void construct(void) { constructed = opened_function(0) + 1; }

#else

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>

#include "check.h"

int linked_function(int a);

static atomic_long calls;
static atomic_int stop;

FTRACE_NOTRACE static void count(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                                 struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)ops, (void)fregs;
  atomic_fetch_add(&calls, 1);
}

TRACED int own_function(int a) {
  __asm__ volatile("");
  return a + 1;
}

FTRACE_NOTRACE static int find(const struct ftrace_site_info* info, void* arg) {
  return info->name != NULL && strcmp(info->name, arg) == 0 ? 1 + !!(info->state & 1) : 0;
}
FTRACE_NOTRACE static int state_of(const char* name) {
  return ftrace_for_each_site(find, (void*)(unsigned long)name);
}
enum { UNKNOWN, OFF, ON };

FTRACE_NOTRACE static void check_all_functions(const char* path) {
  struct ftrace_ops all = {.func = count};
  CHECK_EQ(register_ftrace_function(&all), 0);
  CHECK_EQ(own_function(1) + linked_function(1), 4);
  CHECK_EQ(calls, 2);
  CHECK_EQ(state_of("opened_function"), UNKNOWN);
  void* library = dlopen(path, RTLD_NOW);
  CHECK(library != NULL);
  CHECK_EQ(calls, 4); /* the constructor, and the function that it calls */
  int (*opened)(int) = (int (*)(int))dlsym(library, "opened_function");
  CHECK_EQ(opened(2), 7);
  CHECK_EQ(calls, 5);
  CHECK_EQ(state_of("opened_function"), ON);
  const unsigned long sites = ftrace_site_count();
  CHECK_EQ(dlclose(library), 0);
  CHECK_EQ(ftrace_site_count(), sites - 2);
  CHECK_EQ(state_of("opened_function"), UNKNOWN);
  CHECK_EQ(state_of("linked_function"), ON);
  CHECK_EQ(unregister_ftrace_function(&all), 0);
}

/* The sites that a filter was resolved to do not come back with the library. */
FTRACE_NOTRACE static void check_resolved_filter(const char* path) {
  struct ftrace_ops one = {.func = count};
  void* library = dlopen(path, RTLD_NOW);
  CHECK(library != NULL);
  CHECK_EQ(FILTER(&one, "opened_function"), 0);
  CHECK_EQ(register_ftrace_function(&one), 0);
  CHECK_EQ(state_of("opened_function"), ON);
  CHECK_EQ(state_of("own_function"), OFF);
  CHECK_EQ(dlclose(library), 0);
  library = dlopen(path, RTLD_NOW);
  CHECK(library != NULL);
  CHECK_EQ(state_of("opened_function"), OFF);
  CHECK_EQ(state_of("own_function"), OFF); /* an emptied filter matches nothing */
  CHECK_EQ(dlclose(library), 0);
  CHECK_EQ(unregister_ftrace_function(&one), 0);
  ftrace_free_filter(&one);
}

FTRACE_NOTRACE static void* call(void* arg) {
  (void)arg;
  while (!atomic_load(&stop)) CHECK_EQ(own_function(1) + linked_function(1), 4);
  return NULL;
}

/* Other threads run through their pads while libraries come and go. */
FTRACE_NOTRACE static void check_under_load(const char* path) {
  struct ftrace_ops all = {.func = count};
  pthread_t threads[2];
  CHECK_EQ(register_ftrace_function(&all), 0);
  for (int i = 0; i < 2; ++i) CHECK_EQ(pthread_create(&threads[i], NULL, call, NULL), 0);
  for (int i = 0; i < 300; ++i) {
    void* library = dlopen(path, RTLD_NOW);
    int (*opened)(int) = (int (*)(int))dlsym(library, "opened_function");
    CHECK_EQ(opened(2), 7);
    CHECK_EQ(dlclose(library), 0);
  }
  atomic_store(&stop, 1);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
  CHECK_EQ(unregister_ftrace_function(&all), 0);
}

FTRACE_NOTRACE int main(int argc, char** argv) {
  CHECK_EQ(argc, 2);
  CHECK_EQ(state_of("linked_function"), OFF);
  check_all_functions(argv[1]);
  check_resolved_filter(argv[1]);
  check_under_load(argv[1]);
  return 0;
}

#endif
