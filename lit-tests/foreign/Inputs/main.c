/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Calls the functions under test, and if there is an argument finds the one module with a note and
 * checks its records. */
#define _GNU_SOURCE
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "known.h"

static int faults, notes;

/* What the first calls returned, and where further calls are in it. */
static long long results[64];
static unsigned result_count, replayed;
static int replaying;

void Report(const char* what, long long value) {
  if (replaying) {
    if (replayed == result_count || results[replayed++] != value) Fault("another result", what);
  } else {
    results[result_count++] = value;
    printf("%s %lld\n", what, value);
  }
}

void CallAgain(void) {
  replaying = 1;
  replayed = 0;
  CallC();
  CallCxx();
  if (replayed != result_count) Fault("wrong number", "results");
}

void Fault(const char* what, const char* name) {
  printf("FAULT %s: %s\n", what, name);
  ++faults;
}

void Called(const char* name, unsigned long calls) { printf("called %s %lu\n", name, calls); }

void MakeWritable(uintptr_t address, int writable) {
  const uintptr_t page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  const int protection = PROT_READ | PROT_EXEC | (writable ? PROT_WRITE : 0);
  /* No live instruction crosses pages. */
  void* page = (void*)(address & ~(page_size - 1));
  if (mprotect(page, page_size, protection)) Fault("cannot be changed", "protection");
}

static size_t Align(size_t size) { return (size + 3) & ~(size_t)3; }

static void CheckNotes(const char* note, const char* end) {
  while (note < end) {
    const ElfW(Nhdr)* header = (const ElfW(Nhdr)*)note;
    const char* name = note + sizeof(*header);
    const char* descriptor = name + Align(header->n_namesz);
    if (header->n_namesz == FTRACE_NOTE_OWNER_SIZE && header->n_type == FTRACE_NOTE_SITES &&
        !strcmp(name, FTRACE_NOTE_OWNER)) {
      ++notes;
      if (header->n_descsz != FTRACE_NOTE_SITES_SIZE) Fault("wrong size", "note");
      CheckRecords((const struct ftrace_note_sites*)descriptor);
    }
    note = descriptor + Align(header->n_descsz);
  }
}

static int VisitModule(struct dl_phdr_info* info, size_t size, void* data) {
  (void)size, (void)data;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)* header = &info->dlpi_phdr[i];
    if (header->p_type != PT_NOTE || header->p_align > 4) continue;
    const char* start = (const char*)(info->dlpi_addr + header->p_vaddr);
    CheckNotes(start, start + header->p_memsz);
  }
  return 0;
}

int main(int argc, char** argv) {
  (void)argv;
  CallC();
  CallCxx();
  if (argc == 1) return 0;
  dl_iterate_phdr(VisitModule, 0);
  if (notes != 1) Fault("wrong number", "notes");
  if (!faults) puts("all right");
  return faults != 0;
}
