// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A bad record, note or pad gives one clear line; what is good is traced, the program is unharmed.
// RUN: %cc -O2 %plugin %include -I%S/Inputs %s %runtime -o %t
// RUN: %t 2>&1 | FileCheck %s --check-prefix=GOOD
// RUN: %python %S/Inputs/corrupt.py %t %t.outside record-outside
// RUN: %t.outside 2>&1 | FileCheck %s --check-prefixes=OUTSIDE,ONE
// RUN: %python %S/Inputs/corrupt.py %t %t.isa record-isa
// RUN: %t.isa 2>&1 | FileCheck %s --check-prefixes=ISA,ONE
// RUN: %python %S/Inputs/corrupt.py %t %t.straddles pad-straddles
// RUN: %t.straddles 2>&1 | FileCheck %s --check-prefixes=STRADDLES,ONE
// RUN: %python %S/Inputs/corrupt.py %t %t.version note-version
// RUN: %t.version 2>&1 | FileCheck %s --check-prefixes=VERSION,NONE
// RUN: %python %S/Inputs/corrupt.py %t %t.table table-outside
// RUN: %t.table 2>&1 | FileCheck %s --check-prefixes=TABLE,NONE
// RUN: %python %S/Inputs/corrupt.py %t %t.pad pad-byte
// RUN: %t.pad 2>&1 | FileCheck %s --check-prefix=DEAD
#include <errno.h>

#include "check.h"

static long calls;

FTRACE_NOTRACE static void count(unsigned long ip, unsigned long parent_ip, struct ftrace_ops* ops,
                                 struct ftrace_regs* fregs) {
  (void)ip, (void)parent_ip, (void)ops, (void)fregs;
  ++calls;
}

TRACED int first(int a) {
  __asm__ volatile("");
  return a + 1;
}
TRACED int last(int a) {
  __asm__ volatile("");
  return a + 2;
}

FTRACE_NOTRACE static int count_disabled(const struct ftrace_site_info* info, void* arg) {
  *(int*)arg += (info->state & FTRACE_SITE_DISABLED) != 0;
  return 0;
}

FTRACE_NOTRACE int main(void) {
  struct ftrace_ops ops = {.func = count};
  unsigned char before[64], after[64];
  setvbuf(stdout, NULL, _IONBF, 0);
  memcpy(before, (void*)first, sizeof(before));
  int disabled = 0;
  CHECK_EQ(ftrace_for_each_site(count_disabled, &disabled), 0);
  printf("sites %lu, disabled %d\n", ftrace_site_count(), disabled);
  const int result = register_ftrace_function(&ops);
  printf("registered: %d, dead: %d\n", result, ftrace_is_dead());
  CHECK_EQ(first(1) + last(1), 5);
  printf("calls: %ld\n", calls);
  if (result != 0) CHECK_EQ(register_ftrace_function(&ops), result);
  CHECK_EQ(unregister_ftrace_function(&ops), result == 0 ? 0 : -EBUSY);
  memcpy(after, (void*)first, sizeof(after));
  CHECK(memcmp(before, after, sizeof(before)) == 0);
  CHECK_EQ(first(1) + last(1), 5);
  printf("end\n");
  return 0;
}

// GOOD-NOT: ftrace:
// GOOD: sites 2, disabled 0
// GOOD: registered: 0, dead: 0
// GOOD: calls: 2
// GOOD: end

// OUTSIDE: ftrace: {{.*}}.outside: 1 of 2 records are bad and are not used; record 1 points outside the module's text; rebuild the file
// ISA: ftrace: {{.*}}.isa: 1 of 2 records are bad and are not used; record 1 is not of this instruction set;
// STRADDLES: ftrace: {{.*}}.straddles: 1 of 2 records are bad and are not used; record 1 has a pad that is not aligned;
// ONE-NOT: ftrace:
// ONE: sites 2, disabled 1
// ONE: registered: 0, dead: 0
// ONE: calls: 1
// ONE: end

// VERSION: ftrace: {{.*}}.version: its site records have version 77, this runtime knows 1; its functions cannot be traced; rebuild
// TABLE: ftrace: {{.*}}.table: its note points to a table of sites outside the file; its functions cannot be traced; see `ftrace check`
// NONE-NOT: ftrace:
// NONE: sites 0, disabled 0
// NONE: registered: 0, dead: 0
// NONE: calls: 0
// NONE: end

// DEAD: sites 2, disabled 0
// DEAD: ftrace: text mismatch (EINVAL) at 0x{{[0-9a-f]+}}, function last of {{.*}}.pad: expected 67 0f 1f 44 00 00, found 67 0f 1f 44 00 01;
// DEAD: registered: -19, dead: 1
// DEAD: calls: 0
// DEAD: end
