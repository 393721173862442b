// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "demo_counts.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "demo_text.h"

#define MAX_THREADS 64
#define MAX_HOTTEST 32
#define SLOT_BYTES 8  // no two pads share eight bytes of text: one counter for each eight

// Written by its own thread only, so a plain addition counts exactly; read by the main thread.
struct counters {
  _Atomic uint64_t calls[1];
};

static unsigned long text_begin;
static unsigned long text_size;
static struct counters* _Atomic all_counters[MAX_THREADS];
static __thread struct counters* my_counters;

void counts_init(void) {
  struct text text;
  text_find(&text);
  text_begin = text.begin;
  text_size = text.end - text.begin;
}

void counts_thread_started(int self) {
  struct counters* counters = calloc(text_size / SLOT_BYTES + 1, sizeof(counters->calls[0]));
  if (counters == NULL) {
    fprintf(stderr, "demo: no memory for counters\n");
    exit(1);
  }
  my_counters = counters;
  atomic_store(&all_counters[self], counters);
}

static void Add(_Atomic uint64_t* counter) {
  const uint64_t value = atomic_load_explicit(counter, memory_order_relaxed);
  atomic_store_explicit(counter, value + 1, memory_order_relaxed);
}

void counts_callback(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                     struct ftrace_regs* regs) {
  (void)parent_ip, (void)ops, (void)regs;
  const unsigned long offset = ip - text_begin;
  if (my_counters != NULL && offset < text_size) Add(&my_counters->calls[offset / SLOT_BYTES]);
}

static uint64_t Calls(unsigned long slot) {
  uint64_t calls = 0;
  for (int i = 0; i < MAX_THREADS; ++i) {
    struct counters* counters = atomic_load(&all_counters[i]);
    if (counters == NULL) continue;
    calls += atomic_load_explicit(&counters->calls[slot], memory_order_relaxed);
  }
  return calls;
}

uint64_t counts_total(void) {
  uint64_t total = 0;
  for (unsigned long slot = 0; slot <= text_size / SLOT_BYTES; ++slot) total += Calls(slot);
  return total;
}

void counts_reset(void) {
  for (int i = 0; i < MAX_THREADS; ++i) {
    struct counters* counters = atomic_load(&all_counters[i]);
    if (counters == NULL) continue;
    for (unsigned long slot = 0; slot <= text_size / SLOT_BYTES; ++slot) {
      atomic_store_explicit(&counters->calls[slot], 0, memory_order_relaxed);
    }
  }
}

struct hottest {
  int limit;
  int used;
  unsigned long functions;  // with at least one call
  struct {
    uint64_t calls;
    char name[64];
  } entries[MAX_HOTTEST];
};

// Inserts the site into the sorted list if it belongs there.
static int Consider(const struct ftrace_site_info* info, void* argument) {
  struct hottest* hottest = argument;
  const unsigned long offset = info->ip - text_begin;
  const uint64_t calls = offset < text_size ? Calls(offset / SLOT_BYTES) : 0;
  if (calls == 0) return 0;
  ++hottest->functions;
  int at = hottest->used;
  while (at > 0 && hottest->entries[at - 1].calls < calls) --at;
  if (at == hottest->limit) return 0;
  if (hottest->used < hottest->limit) ++hottest->used;
  for (int i = hottest->used - 1; i > at; --i) hottest->entries[i] = hottest->entries[i - 1];
  hottest->entries[at].calls = calls;
  snprintf(hottest->entries[at].name, sizeof(hottest->entries[at].name), "%s",
           info->name != NULL ? info->name : "?");
  return 0;
}

void counts_print_hottest(int how_many) {
  struct hottest hottest = {.limit = how_many < MAX_HOTTEST ? how_many : MAX_HOTTEST};
  ftrace_for_each_site(Consider, &hottest);
  printf("  %12s  hottest of %lu functions called\n", "calls", hottest.functions);
  for (int i = 0; i < hottest.used; ++i) {
    printf("  %12" PRIu64 "  %s\n", hottest.entries[i].calls, hottest.entries[i].name);
  }
}
