// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A real uprobe on the symbol of a traced function, set and removed while the tracer is off, on, and
// coming and going (Z1): nothing crashes, both see their hits, and the text is the compiler's in the
// end. What the bytes do is in breakpoints-of-others.c; this needs a kernel that allows uprobes.
// REQUIRES: uprobes
// RUN: %cc -O2 %plugin %include -I%S/Inputs %s %runtime -o %t
// RUN: %t
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "counted_function.h"

static unsigned char pristine[16];

/* The offset in the file of the code at `address`, from /proc/self/maps. */
FTRACE_NOTRACE static uint64_t file_offset(unsigned long address) {
  char line[512];
  uint64_t result = 0;
  FILE* maps = fopen("/proc/self/maps", "r");
  CHECK(maps != NULL);
  while (result == 0 && fgets(line, sizeof(line), maps) != NULL) {
    unsigned long begin, end, offset;
    CHECK_EQ(sscanf(line, "%lx-%lx %*s %lx", &begin, &end, &offset), 3);
    if (address >= begin && address < end) result = address - begin + offset;
  }
  fclose(maps);
  CHECK(result != 0);
  return result;
}

FTRACE_NOTRACE static int set_uprobe(void) {
  static char path[512];
  struct perf_event_attr attributes;
  int type = 0;
  FILE* file = fopen("/sys/bus/event_source/devices/uprobe/type", "r");
  CHECK(file != NULL && fscanf(file, "%d", &type) == 1);
  fclose(file);
  CHECK(readlink("/proc/self/exe", path, sizeof(path) - 1) > 0);
  memset(&attributes, 0, sizeof(attributes));
  attributes.size = sizeof(attributes);
  attributes.type = (uint32_t)type;
  attributes.uprobe_path = (uint64_t)path;
  attributes.probe_offset = file_offset((unsigned long)f);
  const int fd = (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
  CHECK(fd >= 0);
  return fd;
}

FTRACE_NOTRACE static uint64_t hits(int uprobe) {
  uint64_t value = 0;
  CHECK_EQ(read(uprobe, &value, sizeof(value)), sizeof(value));
  return value;
}

FTRACE_NOTRACE static long call(int n) {
  calls = 0;
  for (int i = 0; i < n; ++i) CHECK_EQ(f(i), i + 1);
  return calls;
}

FTRACE_NOTRACE int main(void) {
  struct ftrace_ops ops = {.func = count};
  memcpy(pristine, (void*)f, sizeof(pristine));
  for (int round = 0; round < 10; ++round) {
    /* Set and removed while the function is traced. */
    CHECK_EQ(register_ftrace_function(&ops), 0);
    int uprobe = set_uprobe();
    call(5);
    CHECK_EQ(hits(uprobe), 5);
    close(uprobe);
    CHECK_EQ(call(5), 5);
    /* There when the tracer goes, gone when it comes again. */
    uprobe = set_uprobe();
    CHECK_EQ(unregister_ftrace_function(&ops), 0);
    CHECK_EQ(call(5), 0);
    CHECK_EQ(hits(uprobe), 5);
    close(uprobe);
    CHECK_EQ(call(5), 0);
    /* There when the tracer comes: shadowed until the next update finds it gone. */
    uprobe = set_uprobe();
    CHECK_EQ(register_ftrace_function(&ops), 0);
    call(5);
    CHECK_EQ(hits(uprobe), 5);
    close(uprobe);
    CHECK_EQ(FILTER(&ops, "f"), 0);
    CHECK_EQ(call(5), 5);
    CHECK_EQ(unregister_ftrace_function(&ops), 0);
    ftrace_free_filter(&ops);
    CHECK_EQ(call(5), 0);
  }
  CHECK_EQ(ftrace_is_dead(), 0);
  CHECK(memcmp(pristine, (void*)f, sizeof(pristine)) == 0);
  return 0;
}
