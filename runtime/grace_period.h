// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A grace period: every bracket that was open when it began has closed. Freed after one: code and
// data that a thread inside a bracket may still use, and that no thread can reach any more.
//
//   1. the caller has unpublished what it wants to free
//   2. SynchronizeCores()   every core fetches the new code; its open bracket is visible
//   3. Begin()              notes all words that are odd
//   4. Done() / Wait()      until each of them has changed
//   5. SynchronizeCores()   orders their last use before the free
//
// A thread whose jump into freeable code had not retired at step 2 takes the new target; one whose
// jump had retired had made its word odd before, in program order, and step 3 sees it.
#ifndef FTRACE_RUNTIME_GRACE_PERIOD_H_
#define FTRACE_RUNTIME_GRACE_PERIOD_H_

#include "runtime/thread_record.h"

namespace ftrace {

class GracePeriod {
 public:
  // Steps 2 and 3.
  void Begin();
  // Step 4 without waiting, and step 5 once it is true.
  bool Done();
  // Steps 4 and 5. Not from inside a bracket: it would wait for itself. Prints the thread that
  // delays it every ten seconds; never gives up.
  void Wait();

 private:
  struct Open {
    ThreadRecord* record;
    uint32_t word;
  };
  // Allocates nothing. With more open brackets than fit, the rest is noted when these have closed:
  // later than needed, so correct.
  static constexpr size_t kNoted = 64;

  void Note();
  void DropClosed();
  void ReportStalled();

  Open open_[kNoted] = {};
  size_t count_ = 0;
  ThreadRecord* rest_ = nullptr;
};

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_GRACE_PERIOD_H_
