// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How long it takes to switch on every function of this program, which is SQLite, and what the
// memory costs alone: the same stores to a private copy of the text, which is copied page by page
// at the first of them. Prints nanoseconds a site.
#define _GNU_SOURCE
#include <fcntl.h>
#include <ftrace/ftrace.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define REPETITIONS 9

int sqlite3_initialize(void);

static void Fail(const char* what) {
  fprintf(stderr, "switching: %s\n", what);
  exit(1);
}

static double Nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void Ignore(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                   struct ftrace_regs* regs) {
  (void)ip, (void)parent_ip, (void)ops, (void)regs;
}

struct pads {
  unsigned long count;
  unsigned long* addresses;
};

static int CollectPad(const struct ftrace_site_info* info, void* argument) {
  struct pads* pads = argument;
  pads->addresses[pads->count++] = info->ip;
  return 0;
}

struct segment {
  unsigned long begin;
  unsigned long size;
  off_t offset;
};

static int FindText(struct dl_phdr_info* info, size_t size, void* argument) {
  (void)size;
  struct segment* text = argument;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)* header = &info->dlpi_phdr[i];
    if (header->p_type != PT_LOAD || (header->p_flags & PF_X) == 0) continue;
    const unsigned long page = header->p_vaddr & 4095;
    text->begin = info->dlpi_addr + header->p_vaddr - page;
    text->size = header->p_filesz + page;
    text->offset = (off_t)(header->p_offset - page);
  }
  return 1;
}

// A private mapping of the text's file pages, present but not yet copied.
static char* MapText(const struct segment* text) {
  const int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  char* copy = mmap(NULL, text->size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, text->offset);
  if (file < 0 || copy == MAP_FAILED) Fail("cannot map the program's file");
  close(file);
  volatile char sum = 0;
  for (unsigned long i = 0; i < text->size; i += 4096) sum = (char)(sum + copy[i]);
  return copy;
}

static double StoreAll(const struct pads* pads, const struct segment* text, char* copy,
                       uint64_t value) {
  const double begin = Nanoseconds();
  for (unsigned long i = 0; i < pads->count; ++i) {
    volatile uint64_t* word = (uint64_t*)(copy + (pads->addresses[i] - text->begin) / 8 * 8);
    *word = *word ^ value;
  }
  return (Nanoseconds() - begin) / (double)pads->count;
}

static double SwitchOn(struct ftrace_ops* ops, unsigned long sites) {
  const double begin = Nanoseconds();
  if (register_ftrace_function(ops) != 0) Fail("register_ftrace_function");
  return (Nanoseconds() - begin) / (double)sites;
}

static int CompareDoubles(const void* a, const void* b) {
  const double x = *(const double*)a;
  const double y = *(const double*)b;
  return x < y ? -1 : x > y;
}

static double Median(double* values) {
  qsort(values, REPETITIONS, sizeof(values[0]), CompareDoubles);
  return values[REPETITIONS / 2];
}

int main(void) {
  if (sqlite3_initialize() != 0) Fail("sqlite3_initialize");
  struct pads pads = {.addresses = calloc(ftrace_site_count(), sizeof(unsigned long))};
  if (pads.addresses == NULL || ftrace_site_count() == 0) Fail("no sites");
  ftrace_for_each_site(CollectPad, &pads);
  struct segment text;
  dl_iterate_phdr(FindText, &text);
  char* copy = MapText(&text);
  struct ftrace_ops ops = {.func = Ignore};

  const double floor_first = StoreAll(&pads, &text, copy, 1);
  const double first = SwitchOn(&ops, pads.count);
  double floors[REPETITIONS];
  double again[REPETITIONS];
  for (int i = 0; i < REPETITIONS; ++i) {
    if (unregister_ftrace_function(&ops) != 0) Fail("unregister_ftrace_function");
    floors[i] = StoreAll(&pads, &text, copy, (uint64_t)i + 2);
    again[i] = SwitchOn(&ops, pads.count);
  }
  printf("%lu %.3f %.3f %.3f %.3f\n", pads.count, floor_first, first, Median(floors),
         Median(again));
  return 0;
}
