/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What main.c does, for targets without a C library: raw system calls, and the program headers where
 * the linker puts them. With CHECK it goes on to the records. */
#include <stddef.h>

#include "known.h"

#if defined(__aarch64__)
enum { kWrite = 64, kExit = 93, kMprotect = 226 };
#elif defined(__mips64)
enum { kWrite = 5001, kExit = 5058, kMprotect = 5010 };
#endif

struct ElfHeader {
  unsigned char ident[16];
  uint16_t type, machine;
  uint32_t version;
  uint64_t entry, program_headers, section_headers;
  uint32_t flags;
  uint16_t size, program_header_size, program_header_count;
};
struct ProgramHeader {
  uint32_t type, flags;
  uint64_t offset, address, physical, file_size, memory_size, align;
};
extern const struct ElfHeader __ehdr_start __attribute__((visibility("hidden")));

const struct Known kKnownCxx[1];
const unsigned kKnownCxxCount = 0;
void CallCxx(void) {}

static int faults, notes;
static long long results[64];
static unsigned result_count, replayed;
static int replaying;

static long Call(long number, long a, long b, long c) {
#if defined(__aarch64__)
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
#else
  register long v0 __asm__("$2") = number;
  register long a0 __asm__("$4") = a;
  register long a1 __asm__("$5") = b;
  register long a2 __asm__("$6") = c;
  register long a3 __asm__("$7");
  __asm__ volatile("syscall"
                   : "+r"(v0), "=r"(a3)
                   : "r"(a0), "r"(a1), "r"(a2)
                   : "memory", "$1", "$3", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15",
                     "$24", "$25");
  return a3 ? -v0 : v0;
#endif
}

void* memcpy(void* to, const void* from, size_t size) {
  for (size_t i = 0; i < size; ++i) ((volatile char*)to)[i] = ((const char*)from)[i];
  return to;
}

void* memset(void* to, int byte, size_t size) {
  for (size_t i = 0; i < size; ++i) ((volatile char*)to)[i] = (char)byte;
  return to;
}

/* What __builtin___clear_cache() calls; the emulator sees what is written. */
void __clear_cache(void* begin, void* end);
void __clear_cache(void* begin, void* end) { (void)begin, (void)end; }
void _flush_cache(void* begin, int size, int which);
void _flush_cache(void* begin, int size, int which) { (void)begin, (void)size, (void)which; }

static void Print(const char* text) {
  long size = 0;
  while (text[size]) ++size;
  Call(kWrite, 1, (long)text, size);
}

static void PrintLine(const char* what, long long value) {
  char digits[24];
  char* digit = digits + sizeof(digits);
  unsigned long long rest = value < 0 ? -(unsigned long long)value : (unsigned long long)value;
  *--digit = 0;
  *--digit = '\n';
  do *--digit = (char)('0' + rest % 10);
  while (rest /= 10);
  if (value < 0) *--digit = '-';
  *--digit = ' ';
  Print(what);
  Print(digit);
}

void Fault(const char* what, const char* name) {
  ++faults;
  Print("FAULT ");
  Print(what);
  Print(": ");
  Print(name);
  Print("\n");
}

void Report(const char* what, long long value) {
  if (replaying) {
    if (replayed == result_count || results[replayed++] != value) Fault("another result", what);
  } else {
    results[result_count++] = value;
    PrintLine(what, value);
  }
}

void CallAgain(void) {
  replaying = 1;
  replayed = 0;
  CallC();
  if (replayed != result_count) Fault("wrong number", "results");
}

void Called(const char* name, unsigned long calls) {
  Print("called ");
  PrintLine(name, (long long)calls);
}

void MakeWritable(uintptr_t address, int writable) {
  const long page_size = 4096;
  if (Call(kMprotect, (long)address & -page_size, page_size, writable ? 7 : 5)) {
    Fault("cannot be changed", "protection");
  }
}

static void VisitNote(const char* note) {
  const uint32_t* header = (const uint32_t*)note;
  if (header[0] != FTRACE_NOTE_OWNER_SIZE || header[2] != FTRACE_NOTE_SITES) return;
  ++notes;
  CheckRecords((const struct ftrace_note_sites*)(note + 12 + 8));
}

__attribute__((used, noreturn)) static void Main(void) {
  CallC();
#ifdef CHECK
  const char* base = (const char*)&__ehdr_start;
  const struct ProgramHeader* header =
      (const struct ProgramHeader*)(base + __ehdr_start.program_headers);
  for (int i = 0; i < __ehdr_start.program_header_count; ++i) {
    if (header[i].type == 4) VisitNote((const char*)header[i].address);
  }
  if (notes != 1) Fault("wrong number", "notes");
  if (!faults) Print("all right\n");
#endif
  Call(kExit, faults != 0, 0, 0);
  __builtin_unreachable();
}

#if defined(__aarch64__)
__asm__("\t.globl _start\n_start:\n\tbl Main\n");
#else
__asm__("\t.globl __start\n__start:\n\tjal Main\n");
#endif
