// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A program that traces itself: threads run SQL all the time, while the main thread switches the
// tracing of SQLite's functions on and off with the calls of <ftrace/ftrace.h>.
// usage: sqlite_demo THREADS ROWS ROUNDS EXPECTED
//   ROUNDS    that each thread runs in each phase
//   EXPECTED  what sqlite_plain prints for the same threads and rows
#define _GNU_SOURCE
#include <ftrace/ftrace.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "demo_counts.h"
#include "demo_text.h"
#include "workload.h"

static struct text text;
static long rounds_per_phase;
static int failures;

static void Check(int holds, const char* what) {
  printf("  %s: %s\n", holds ? "yes" : "NO ", what);
  if (!holds) ++failures;
}

static double Milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static void WaitForRounds(long rounds) {
  const struct timespec moment = {.tv_nsec = 1000 * 1000};
  const long until = workload_rounds() + rounds;
  while (workload_rounds() < until) nanosleep(&moment, NULL);
}

static int CountEnabled(const struct ftrace_site_info* info, void* enabled) {
  *(unsigned long*)enabled += (info->state & FTRACE_SITE_ENABLED) != 0;
  return 0;
}

static unsigned long EnabledSites(void) {
  unsigned long enabled = 0;
  ftrace_for_each_site(CountEnabled, &enabled);
  return enabled;
}

static void Must(int result, const char* what) {
  if (result == 0) return;
  fprintf(stderr, "demo: %s: %s\n", what, strerror(-result));
  exit(1);
}

static void SwitchOn(struct ftrace_ops* ops) {
  const double begin = Milliseconds();
  Must(register_ftrace_function(ops), "register_ftrace_function");
  printf("  switched on in %.2f ms: %lu functions are traced, the threads never stopped\n",
         Milliseconds() - begin, EnabledSites());
}

// The total is exact: on return no thread is inside the callback, and none can enter it.
static void SwitchOff(struct ftrace_ops* ops) {
  const double begin = Milliseconds();
  Must(unregister_ftrace_function(ops), "unregister_ftrace_function");
  const double end = Milliseconds();
  const uint64_t total = counts_total();
  printf("  switched off in %.2f ms after %" PRIu64 " calls; another %ld rounds of SQL ...\n",
         end - begin, total, rounds_per_phase);
  WaitForRounds(rounds_per_phase);
  Check(counts_total() == total, "not one more call was counted");
  Check(text_differing_bytes(&text) == 0, "every byte of the text is the compiler's again");
}

static void Trace(struct ftrace_ops* ops) {
  counts_reset();
  SwitchOn(ops);
  for (int i = 0; i < 3; ++i) {
    WaitForRounds(rounds_per_phase);
    printf("  live: %" PRIu64 " calls so far\n", counts_total());
  }
  Check(counts_total() > 0, "calls are counted");
  Check(text_differing_bytes(&text) > 0,
        "the text differs from the file while functions are traced");
  counts_print_hottest(10);
  SwitchOff(ops);
}

int main(int argc, char** argv) {
  static const char kGlob[] = "sqlite3Vdbe*";
  if (argc != 5) {
    fprintf(stderr, "usage: %s THREADS ROWS ROUNDS EXPECTED\n", argv[0]);
    return 2;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  rounds_per_phase = atol(argv[3]);
  text_find(&text);
  counts_init();
  const struct workload config = {
      .threads = atoi(argv[1]), .rows = atoi(argv[2]), .thread_started = counts_thread_started};
  workload_start(&config);

  printf("1. Nothing is traced: %d threads run SQL\n", config.threads);
  printf("  the program has %lu functions with a pad\n", ftrace_site_count());
  WaitForRounds(rounds_per_phase);
  Check(counts_total() == 0, "no call is counted");
  Check(text_differing_bytes(&text) == 0, "every byte of the text is the compiler's");

  struct ftrace_ops ops = {.func = counts_callback};
  printf("2. Functions that match %s\n", kGlob);
  Must(ftrace_set_filter(&ops, kGlob, (int)strlen(kGlob), 1), "ftrace_set_filter");
  Trace(&ops);

  printf("3. Every function\n");
  ftrace_free_filter(&ops);
  Trace(&ops);

  char result[17];
  snprintf(result, sizeof(result), "%016" PRIx64, workload_finish());
  printf("4. The results of %ld rounds of SQL, each compared with the first\n", workload_rounds());
  Check(strcmp(result, argv[4]) == 0, "they are those of a build without plugin and runtime");
  return failures == 0 ? 0 : 1;
}
