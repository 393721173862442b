/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Plays the runtime: says what the modules' constructors and destructors hand over. */
#include <stdio.h>
#include <string.h>

#include "arch/site.h"

void __ftrace_module_init(const void* note);
void __ftrace_module_exit(const void* note);

static uintptr_t Address(const int32_t* field) { return (uintptr_t)field + (uintptr_t)*field; }

/* Whether the gate's field leads to code that jumps through t1, or says that there is no gate. */
static const char* Gate(const int32_t* field) {
#ifdef __riscv
  const uint32_t* gate = (const uint32_t*)Address(field);
  return (gate[0] & 0xfff) == 0x317 && gate[2] == 0x30067 ? "right gate" : "wrong gate";
#else
  return *field == 0 ? "right gate" : "wrong gate";
#endif
}

static void Print(const char* what, const char* note) {
  const uint32_t* header = (const uint32_t*)note;
  const char* descriptor = note + 12 + (header[0] + 3) / 4 * 4;
  const struct ftrace_note_sites* sites = (const struct ftrace_note_sites*)descriptor;
  if (header[0] != FTRACE_NOTE_OWNER_SIZE || header[1] != FTRACE_NOTE_SITES_SIZE ||
      header[2] != FTRACE_NOTE_SITES || strcmp(note + 12, FTRACE_NOTE_OWNER)) {
    puts("not a note");
  } else {
    printf("%s %d sites, %s\n", what,
           (int)(Address(&sites->stop) - Address(&sites->start)) / FTRACE_SITE_SIZE,
           Gate(&sites->gate));
  }
  fflush(stdout);
}

void __ftrace_module_init(const void* note) { Print("init", note); }
void __ftrace_module_exit(const void* note) { Print("exit", note); }
