// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The workload alone, without a word about tracing.
// usage: plain THREADS ROWS ROUNDS
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "workload.h"

int main(int argc, char** argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: %s THREADS ROWS ROUNDS\n", argv[0]);
    return 2;
  }
  const struct workload config = {
      .threads = atoi(argv[1]), .rows = atoi(argv[2]), .rounds = atol(argv[3])};
  workload_start(&config);
  printf("%016" PRIx64 "\n", workload_finish());
  return 0;
}
