// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#define _GNU_SOURCE
#include "demo_text.h"

#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void Fail(const char* what) {
  fprintf(stderr, "demo: cannot compare the text: %s\n", what);
  exit(1);
}

// The program itself is the first module.
static int FindText(struct dl_phdr_info* info, size_t size, void* argument) {
  (void)size;
  struct text* text = argument;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)* segment = &info->dlpi_phdr[i];
    if (segment->p_type != PT_LOAD || (segment->p_flags & PF_X) == 0) continue;
    text->begin = info->dlpi_addr + segment->p_vaddr;
    text->end = text->begin + segment->p_filesz;
    text->offset = (long)segment->p_offset;
  }
  return 1;
}

void text_find(struct text* text) {
  memset(text, 0, sizeof(*text));
  dl_iterate_phdr(FindText, text);
  if (text->begin == text->end) Fail("the program has no executable segment");
}

unsigned long text_differing_bytes(const struct text* text) {
  const unsigned long size = text->end - text->begin;
  unsigned char* original = malloc(size);
  FILE* file = fopen("/proc/self/exe", "rb");
  if (original == NULL || file == NULL || fseek(file, text->offset, SEEK_SET) != 0 ||
      fread(original, 1, size, file) != size) {
    Fail("the program's file is not readable");
  }
  fclose(file);
  const unsigned char* memory = (const unsigned char*)text->begin;
  unsigned long differing = 0;
  for (unsigned long i = 0; i < size; ++i) differing += memory[i] != original[i];
  free(original);
  return differing;
}
