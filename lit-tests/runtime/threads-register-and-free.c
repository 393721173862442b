// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Four threads call while another registers, refilters and unregisters two tracers a thousand times
// and unmaps them after each unregister. Every call between two barriers is counted exactly, and a
// third tracer that stays loses and doubles none at any time (S9, C5, D5, U3).
// RUN: %cc -O2 %plugin %s %include -I%S/Inputs %runtime -pthread -o %t
// RUN: %t
// RUN: %cc -O1 -g -fsanitize=thread -DTHREAD_SANITIZER %plugin %s %include -I%S/Inputs %runtime -pthread -o %t.tsan
// RUN: %t.tsan
// RUN: %cc -O1 -g -fsanitize=address %plugin %s %include -I%S/Inputs %runtime -pthread -o %t.asan
// RUN: %t.asan
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "check.h"

/* ThreadSanitizer sees loads and stores, not patched text: that a callback runs after its tracer
 * was registered, and ended before unregistering returned, has to be said. All else it finds by
 * itself. */
#ifdef THREAD_SANITIZER
void __tsan_acquire(void*);
void __tsan_release(void*);
#define TSAN_ACQUIRE(object) __tsan_acquire(object)
#define TSAN_RELEASE(object) __tsan_release(object)
#define ROUNDS 200
#else
#define TSAN_ACQUIRE(object) (void)(object)
#define TSAN_RELEASE(object) (void)(object)
#define ROUNDS 1000
#endif

static char registered, unregistered;

enum { THREADS = 4, WINDOW = 50, MAGIC = 0x5e77 };

/* What a tracer needs, on a page of its own that is unmapped after each unregister. */
struct page {
  struct ftrace_ops ops;
  long magic;
  atomic_long calls;
};

static pthread_barrier_t barrier;
static atomic_int stop;
/* Each thread's own calls of f; what the permanent tracer must have seen. */
static _Thread_local long own_calls;
static _Thread_local long seen_by_permanent;
static atomic_long called, seen;

TRACED void f(void) { __asm__ volatile(""); }
TRACED void g(void) { __asm__ volatile(""); }

FTRACE_NOTRACE static void count(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                                 struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)fregs;
  TSAN_ACQUIRE(&registered);
  struct page* page = ops->private_data;
  CHECK_EQ(page->magic, MAGIC);
  atomic_fetch_add_explicit(&page->calls, 1, memory_order_relaxed);
  TSAN_RELEASE(&unregistered);
}

FTRACE_NOTRACE static void count_permanent(unsigned long ip, unsigned long parent_ip,
                                           struct ftrace_ops* ops, struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)ops, (void)fregs;
  ++seen_by_permanent;
}

FTRACE_NOTRACE static void call_both(void) {
  f();
  g();
  ++own_calls;
}

/* Calls without pause until `stop` moves on; then WINDOW times between two barriers, with a barrier
 * on either side for the controller to look at the counts. */
FTRACE_NOTRACE static void* call(void* arg) {
  (void)arg;
  for (int round = 0; round < ROUNDS; ++round) {
    while (atomic_load_explicit(&stop, memory_order_relaxed) == round * 2) call_both();
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    for (int i = 0; i < WINDOW; ++i) call_both();
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    while (atomic_load_explicit(&stop, memory_order_relaxed) == round * 2 + 1) call_both();
  }
  atomic_fetch_add(&called, own_calls);
  atomic_fetch_add(&seen, seen_by_permanent);
  return NULL;
}

FTRACE_NOTRACE static struct page* map_page(void) {
  struct page* page =
      mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(page != MAP_FAILED);
  page->ops.func = count;
  page->ops.private_data = page;
  page->magic = MAGIC;
  TSAN_RELEASE(&registered);
  return page;
}

FTRACE_NOTRACE static void unmap_page(struct page* page) {
  CHECK_EQ(unregister_ftrace_function(&page->ops), 0);
  TSAN_ACQUIRE(&unregistered);
  ftrace_free_filter(&page->ops);
  page->magic = 0;
  CHECK_EQ(munmap(page, sizeof(*page)), 0);
}

FTRACE_NOTRACE static void one_round(int round) {
  struct page *a = map_page(), *b = map_page();
  const int both = round % 2;
  CHECK_EQ(FILTER(&a->ops, "f"), 0);
  CHECK_EQ(register_ftrace_function(&a->ops), 0);
  CHECK_EQ(register_ftrace_function(&b->ops), 0);
  CHECK_EQ(FILTER(&a->ops, "g"), 0);
  CHECK_EQ(FILTER(&b->ops, both ? "[fg]" : "f"), 0);
  atomic_store(&stop, round * 2 + 1);
  pthread_barrier_wait(&barrier);
  atomic_store(&a->calls, 0);
  atomic_store(&b->calls, 0);
  pthread_barrier_wait(&barrier);
  pthread_barrier_wait(&barrier);
  CHECK_EQ(atomic_load(&a->calls), THREADS * WINDOW);
  CHECK_EQ(atomic_load(&b->calls), THREADS * WINDOW * (both ? 2 : 1));
  pthread_barrier_wait(&barrier);
  CHECK_EQ(FILTER(&a->ops, "[fg]"), 0);
  unmap_page(round % 3 ? a : b);
  unmap_page(round % 3 ? b : a);
  atomic_store(&stop, round * 2 + 2);
}

FTRACE_NOTRACE int main(void) {
  struct ftrace_ops permanent = {.func = count_permanent};
  pthread_t threads[THREADS];
  CHECK_EQ(FILTER(&permanent, "f"), 0);
  CHECK_EQ(register_ftrace_function(&permanent), 0);
  CHECK_EQ(pthread_barrier_init(&barrier, NULL, THREADS + 1), 0);
  for (int i = 0; i < THREADS; ++i) CHECK_EQ(pthread_create(&threads[i], NULL, call, NULL), 0);
  for (int round = 0; round < ROUNDS; ++round) one_round(round);
  for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
  CHECK(atomic_load(&called) >= (long)ROUNDS * THREADS * WINDOW);
  CHECK_EQ(atomic_load(&seen), atomic_load(&called));
  CHECK_EQ(unregister_ftrace_function(&permanent), 0);
  CHECK_EQ(ftrace_is_dead(), 0);
  return 0;
}
