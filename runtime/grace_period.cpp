// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/grace_period.h"

#include "runtime/message.h"
#include "runtime/system.h"

namespace ftrace {
namespace {

constexpr unsigned kSpins = 20;
constexpr unsigned kShortSleeps = 40;
constexpr long kShortSleep = 50000;                  // ns
constexpr long kLongSleep = 1000000;                 // ns
constexpr uint64_t kStall = uint64_t{10000000000u};  // ns

}  // namespace

void GracePeriod::Begin() {
  SynchronizeCores();
  count_ = 0;
  rest_ = FirstThread();
  Note();
}

void GracePeriod::Note() {
  for (; rest_ != nullptr && count_ < kNoted; rest_ = rest_->next) {
    // Relaxed: the membarrier of Begin() is the fence on both sides.
    const uint32_t word = rest_->word.load(std::memory_order_relaxed);
    if ((word & 1) == 0) continue;
    if (rest_->tid.load(std::memory_order_relaxed) == 0) continue;
    open_[count_++] = {rest_, word};
  }
}

void GracePeriod::DropClosed() {
  for (size_t i = count_; i-- > 0;) {
    const Open& open = open_[i];
    // A nested event never touches the word, so a change means that the outermost bracket closed.
    if (open.record->word.load(std::memory_order_relaxed) != open.word ||
        open.record->tid.load(std::memory_order_relaxed) == 0) {
      open_[i] = open_[--count_];
    }
  }
}

bool GracePeriod::Done() {
  DropClosed();
  while (count_ == 0 && rest_ != nullptr) {
    Note();
    DropClosed();
  }
  if (count_ != 0) return false;
  SynchronizeCores();
  return true;
}

void GracePeriod::ReportStalled() {
  for (size_t i = 0; i < count_; ++i) {
    int tid = open_[i].record->tid.load(std::memory_order_relaxed);
    if (tid == 0) continue;
    if (ThreadExists(tid)) {
      Message(
          "thread %d has been inside a tracer's callback for over 10 s; what the tracer uses is "
          "not freed before the callback returns",
          tid);
    } else {
      // It ended inside the callback by a raw exit. Fails if the record was released meanwhile.
      open_[i].record->tid.compare_exchange_strong(tid, 0, std::memory_order_relaxed);
    }
  }
}

void GracePeriod::Wait() {
  uint64_t next_report = MonotonicNanoseconds() + kStall;
  for (unsigned round = 0; !Done(); ++round) {
    if (round < kSpins) continue;
    SleepNanoseconds(round < kSpins + kShortSleeps ? kShortSleep : kLongSleep);
    if (MonotonicNanoseconds() < next_report) continue;
    next_report += kStall;
    ReportStalled();
  }
}

}  // namespace ftrace
