/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Compares the records that a note leads to with the functions that are there and with memory. The
 * forms of the pads are from the manuals and not from arch/, so that a mistake there shows. */
#include "known.h"

#if defined(HOSTED) && !defined(__arm__)
#include <unwind.h>
#endif

struct Form {
  uint32_t isa, width, live_offset, align;
  unsigned char bytes[8], mask[8];
};

#define ALL {255, 255, 255, 255, 255, 255, 255, 255}

static const struct Form kForms[] = {
#if defined(__x86_64__)
    {FTRACE_ISA_X86_64, 6, 0, 8, {0x67, 0x0f, 0x1f, 0x44, 0, 0}, ALL},
#elif defined(__i386__)
    {FTRACE_ISA_I386, 6, 0, 8, {0x65, 0x65, 0x8d, 0x74, 0x26, 0}, ALL},
#elif defined(__aarch64__)
    {FTRACE_ISA_AARCH64, 8, 4, 4, {0xe9, 0x03, 0x1e, 0xaa, 0x1f, 0x20, 0x03, 0xd5}, ALL},
#elif defined(__arm__)
    {FTRACE_ISA_ARM_A32, 4, 0, 4, {0x00, 0xf0, 0x20, 0xe3}, ALL},
    {FTRACE_ISA_ARM_THUMB2, 4, 0, 4, {0xaf, 0xf3, 0x00, 0x80}, ALL},
#elif defined(__mips64)
    {FTRACE_ISA_MIPS64, 8, 0, 4, {0}, ALL},
#elif defined(__mips__)
    {FTRACE_ISA_MIPS32, 8, 0, 4, {0}, ALL},
#elif defined(__riscv)
    /* auipc t0 with any immediate; nop */
    {FTRACE_ISA_RISCV64,
     8,
     4,
     4,
     {0x97, 0x02, 0, 0, 0x13, 0, 0, 0},
     {255, 15, 0, 0, 255, 255, 255, 255}},
#elif defined(__powerpc64__)
    {FTRACE_ISA_PPC64LE, 4, 0, 4, {0, 0, 0, 0x60}, ALL},
#elif defined(__s390x__)
    {FTRACE_ISA_S390X, 6, 0, 8, {0xc0, 0x04, 0, 0, 0, 0}, ALL},
#endif
};

/* A function pointer of Thumb code has bit 0 set; what it points to has not. */
static uintptr_t Start(const struct Known* known) {
#ifdef __arm__
  return (uintptr_t)known->function & ~(uintptr_t)1;
#else
  return (uintptr_t)known->function;
#endif
}

/* Whose function it is cannot tell of a clone: there the record does. */
static const struct Form* FormOf(const struct Known* known, uint32_t facts) {
  const int is_thumb =
      known ? (uintptr_t)known->function & 1 : ftrace_site_isa(facts) == FTRACE_ISA_ARM_THUMB2;
  return &kForms[COUNT_OF(kForms) == 2 && is_thumb];
}

static const struct Known* FindIn(const struct Known* table, unsigned count, uintptr_t start) {
  for (unsigned i = 0; i < count; ++i) {
    if (Start(&table[i]) == start) return &table[i];
  }
  return 0;
}

static const struct Known* Find(uintptr_t start) {
  const struct Known* known = FindIn(kKnownC, kKnownCCount, start);
  return known ? known : FindIn(kKnownCxx, kKnownCxxCount, start);
}

/* The unwinder's tables, which have all that an exception may cross, know the pad as part of the
 * function. ARM's say only where functions begin. */
static void CheckUnwinding(const struct Known* known, uintptr_t live, uint32_t facts) {
#if defined(HOSTED) && !defined(__arm__)
  if (!ftrace_site_may_unwind(facts)) return;
  /* It looks at the byte in front of the address, as for a return address. */
  if ((uintptr_t)_Unwind_FindEnclosingFunction((void*)(live + 1)) != Start(known)) {
    Fault("not in the unwinder's table", known->name);
  }
#else
  (void)known, (void)live, (void)facts;
#endif
}

static void CheckPad(const struct Known* known, uintptr_t live, uint32_t facts) {
  const struct Form* form = FormOf(known, facts);
  const char* name = known ? known->name : "clone";
  const unsigned char* pad = (const unsigned char*)(live - form->live_offset);
  if (ftrace_site_isa(facts) != form->isa) Fault("wrong ISA", name);
  if (ftrace_site_width(facts) != form->width) Fault("wrong width", name);
  if (ftrace_site_kind(facts) != FTRACE_KIND_ENTRY) Fault("wrong kind", name);
  if (ftrace_site_reserved(facts) != 0) Fault("reserved bits", name);
  if (ftrace_site_lead(facts) < form->live_offset) Fault("lead too small", name);
  if (live % form->align) Fault("misaligned pad", name);
  for (uint32_t i = 0; i < form->width; ++i) {
    if ((pad[i] & form->mask[i]) != form->bytes[i]) Fault("wrong bytes", name);
  }
}

/* The address that a field holds, relative to the field. */
static uintptr_t Address(const int32_t* field) { return (uintptr_t)field + (uintptr_t)*field; }

void CheckRecords(const struct ftrace_note_sites* note) {
  const struct ftrace_site* site = (const struct ftrace_site*)Address(&note->start);
  const struct ftrace_site* stop = (const struct ftrace_site*)Address(&note->stop);
  uintptr_t last = 0;
  long known_records = 0, clones = 0;
  if (note->version != FTRACE_ABI_VERSION) Fault("wrong version", "note");
  for (; site < stop; ++site) {
    const uintptr_t live = Address(&site->pad);
    const struct Known* known = Find(live - ftrace_site_lead(site->facts));
    if (live <= last) Fault("not in order", known ? known->name : "unknown");
    last = live;
    CheckPad(known, live, site->facts);
    if (known) {
      ++known_records;
      if ((site->facts & known->mask) != known->facts) Fault("wrong facts", known->name);
      CheckUnwinding(known, live, site->facts);
    } else {
      ++clones;
      if (ftrace_site_compiler(site->facts) != FTRACE_COMPILER_GCC) Fault("unknown", "function");
    }
  }
  /* Addresses rise, so no function is there twice; with the right number, each is there. */
  if (known_records != (long)(kKnownCCount + kKnownCxxCount)) Fault("wrong number", "records");
  Report("known", known_records);
  Report("clones", clones);
}
