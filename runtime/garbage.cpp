// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/garbage.h"

namespace ftrace {
namespace {

constinit GarbageList pending;  // unpublished, no grace period has begun
constinit GarbageList waiting;  // for `period`
constinit GracePeriod period;

}  // namespace

void FreeLater(GarbageList* garbage) {
  garbage->MoveAllTo(&pending);
  PollDeferred();
}

void PollDeferred() {
  if (!waiting.empty() && period.Done()) waiting.FreeAll();
  if (!waiting.empty() || pending.empty()) return;
  pending.MoveAllTo(&waiting);
  period.Begin();
  if (period.Done()) waiting.FreeAll();
}

}  // namespace ftrace
