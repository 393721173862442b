// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/grace_period.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <latch>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "runtime/garbage.h"
#include "runtime/include/ftrace/ftrace.h"

namespace ftrace {
namespace {

// A thread that is registered, and inside a bracket from Open() to Close().
class TestThread {
 public:
  TestThread() : thread_([this] { Run(); }) { registered_.wait(); }
  ~TestThread() {
    end_.count_down();
    thread_.join();
  }
  ThreadRecord* record() const { return record_; }
  // As the stub and the exit flip it; the thread itself waits meanwhile.
  void Open() { Flip(); }
  void Close() { Flip(); }

 private:
  void Run() {
    EXPECT_TRUE(RegisterThread());
    record_ = ftrace_thread_record;
    registered_.count_down();
    end_.wait();
  }
  void Flip() { record_->word.fetch_add(1, std::memory_order_relaxed); }

  ThreadRecord* record_ = nullptr;
  std::latch registered_{1};
  std::latch end_{1};
  std::thread thread_;
};

TEST(GracePeriod, IsDoneAtOnceWhereNobodyIsInside) {
  TestThread outside;
  GracePeriod period;
  period.Begin();
  EXPECT_TRUE(period.Done());
}

TEST(GracePeriod, LastsUntilTheOpenBracketCloses) {
  TestThread thread;
  thread.Open();
  GracePeriod period;
  period.Begin();
  EXPECT_FALSE(period.Done());
  EXPECT_FALSE(period.Done());
  thread.Close();
  EXPECT_TRUE(period.Done());
}

TEST(GracePeriod, ABracketThatWasOpenedAgainIsAnother) {
  TestThread thread;
  thread.Open();
  GracePeriod period;
  period.Begin();
  thread.Close();
  thread.Open();
  EXPECT_TRUE(period.Done());
  thread.Close();
}

TEST(GracePeriod, ABracketOpenedLaterDelaysNothing) {
  TestThread early;
  TestThread late;
  early.Open();
  GracePeriod period;
  period.Begin();
  late.Open();
  early.Close();
  EXPECT_TRUE(period.Done());
  late.Close();
}

TEST(GracePeriod, WaitsForEachOfSeveral) {
  TestThread threads[3];
  for (TestThread& thread : threads) thread.Open();
  GracePeriod period;
  period.Begin();
  threads[1].Close();
  EXPECT_FALSE(period.Done());
  threads[0].Close();
  EXPECT_FALSE(period.Done());
  threads[2].Close();
  EXPECT_TRUE(period.Done());
}

TEST(GracePeriod, MoreOpenBracketsThanItNotesAtOnceAreAllWaitedFor) {
  constexpr size_t kThreads = 150;
  std::vector<std::unique_ptr<TestThread>> threads;
  threads.reserve(kThreads);
  for (size_t i = 0; i < kThreads; ++i) threads.push_back(std::make_unique<TestThread>());
  for (const auto& thread : threads) thread->Open();
  GracePeriod period;
  period.Begin();
  for (size_t i = 0; i < kThreads; ++i) {
    EXPECT_FALSE(period.Done()) << i;
    // From both ends of the list in turn.
    threads[i % 2 == 0 ? i / 2 : kThreads - 1 - i / 2]->Close();
  }
  EXPECT_TRUE(period.Done());
}

TEST(GracePeriod, WaitReturnsWhenTheBracketClosesMeanwhile) {
  TestThread thread;
  thread.Open();
  std::atomic<bool> done = false;
  std::latch begun(1);
  std::thread waiter([&] {
    GracePeriod period;
    period.Begin();
    begun.count_down();
    period.Wait();
    done.store(true);
  });
  begun.wait();
  EXPECT_FALSE(done.load());
  thread.Close();
  waiter.join();
  EXPECT_TRUE(done.load());
}

TEST(GracePeriod, AThreadThatEndsInsideIsNotWaitedFor) {
  auto thread = std::make_unique<TestThread>();
  thread->Open();
  GracePeriod period;
  period.Begin();
  EXPECT_FALSE(period.Done());
  thread.reset();
  EXPECT_TRUE(period.Done());
}

TEST(GracePeriod, ThreadsWithoutARecordAreNotWaitedFor) {
  std::latch started(1);
  std::latch end(1);
  std::thread stranger([&] {
    EXPECT_EQ(ftrace_thread_record, &unregistered_thread);
    started.count_down();
    end.wait();
  });
  started.wait();
  GracePeriod period;
  period.Begin();
  EXPECT_TRUE(period.Done());
  end.count_down();
  stranger.join();
}

TEST(GracePeriod, SynchronizingFromInsideABracketIsRefused) {
  std::thread([] {
    ASSERT_TRUE(RegisterThread());
    EXPECT_FALSE(InsideBracket());
    EXPECT_EQ(ftrace_synchronize_tasks(), 0);
    ftrace_thread_record->word.fetch_add(1);
    EXPECT_TRUE(InsideBracket());
    EXPECT_EQ(ftrace_synchronize_tasks(), -EDEADLK);
    ftrace_thread_record->word.fetch_add(1);
    EXPECT_EQ(ftrace_synchronize_tasks(), 0);
  }).join();
}

// ---- Garbage that nobody waits for
// ---------------------------------------------------------------

struct CountedGarbage : Garbage {
  int* freed;
};

CountedGarbage MakeGarbage(int* freed) {
  CountedGarbage garbage;
  garbage.next = nullptr;
  garbage.free = [](Garbage* g) { ++*static_cast<CountedGarbage*>(g)->freed; };
  garbage.freed = freed;
  return garbage;
}

TEST(DeferredGarbage, IsFreedOnceTheBracketsOfItsTimeHaveClosed) {
  TestThread thread;
  int freed = 0;
  int freed_later = 0;
  CountedGarbage first = MakeGarbage(&freed);
  CountedGarbage second = MakeGarbage(&freed_later);
  thread.Open();
  GarbageList list;
  list.Add(&first);
  FreeLater(&list);
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(freed, 0);
  // Unpublished after the grace period of the first began.
  list.Add(&second);
  FreeLater(&list);
  PollDeferred();
  EXPECT_EQ(freed + freed_later, 0);
  thread.Close();
  PollDeferred();
  EXPECT_EQ(freed, 1);
  EXPECT_EQ(freed_later, 1);
  PollDeferred();
  EXPECT_EQ(freed + freed_later, 2);
}

TEST(DeferredGarbage, LaterGarbageWaitsForLaterBrackets) {
  TestThread early;
  TestThread late;
  int freed = 0;
  int freed_later = 0;
  CountedGarbage first = MakeGarbage(&freed);
  CountedGarbage second = MakeGarbage(&freed_later);
  early.Open();
  GarbageList list;
  list.Add(&first);
  FreeLater(&list);
  late.Open();
  list.Add(&second);
  FreeLater(&list);
  early.Close();
  PollDeferred();
  EXPECT_EQ(freed, 1);
  EXPECT_EQ(freed_later, 0);
  late.Close();
  PollDeferred();
  EXPECT_EQ(freed_later, 1);
}

// ---- Records
// -------------------------------------------------------------------------------------

std::vector<ThreadRecord*> AllRecords() {
  std::vector<ThreadRecord*> records;
  for (ThreadRecord* r = FirstThread(); r != nullptr; r = r->next) records.push_back(r);
  return records;
}

TEST(ThreadRecord, EveryLivingThreadHasItsOwn) {
  TestThread threads[5];
  std::set<ThreadRecord*> records;
  for (const TestThread& thread : threads) {
    records.insert(thread.record());
    EXPECT_EQ(thread.record()->word.load() % 2, 0u);
    EXPECT_NE(thread.record()->tid.load(), 0);
  }
  EXPECT_EQ(records.size(), 5u);
  EXPECT_EQ(records.count(&unregistered_thread), 0u);
}

TEST(ThreadRecord, RegisteringTwiceKeepsIt) {
  std::thread([] {
    ASSERT_TRUE(RegisterThread());
    ThreadRecord* record = ftrace_thread_record;
    const uint32_t word = record->word.load();
    ASSERT_TRUE(RegisterThread());
    EXPECT_EQ(ftrace_thread_record, record);
    EXPECT_EQ(record->word.load(), word);
  }).join();
}

TEST(ThreadRecord, IsReleasedWhenItsThreadEndsAndUsedAgain) {
  {
    TestThread warm_up;
  }
  const size_t count = AllRecords().size();
  std::set<ThreadRecord*> used;
  for (int i = 0; i < 200; ++i) {
    ThreadRecord* record = nullptr;
    {
      TestThread thread;
      record = thread.record();
      used.insert(record);
    }
    EXPECT_EQ(record->tid.load(), 0);
    EXPECT_EQ(record->word.load() % 2, 1u);
  }
  EXPECT_EQ(AllRecords().size(), count);
  EXPECT_EQ(used.size(), 1u);
}

TEST(ThreadRecord, RecordsOfThreadsThatEndedByARawExitAreReaped) {
  {
    TestThread warm_up;
  }
  constexpr int kNoSuchThread = 0x7fffff00;
  const std::vector<ThreadRecord*> records = AllRecords();
  std::vector<ThreadRecord*> lost;
  for (ThreadRecord* record : records) {
    if (record->tid.load() != 0) continue;
    record->tid.store(kNoSuchThread);
    record->word.fetch_add(1);
    lost.push_back(record);
  }
  ASSERT_FALSE(lost.empty());
  TestThread thread;
  EXPECT_NE(std::find(lost.begin(), lost.end(), thread.record()), lost.end());
  EXPECT_EQ(AllRecords().size(), records.size());
  for (const ThreadRecord* record : lost) {
    if (record == thread.record()) continue;
    EXPECT_EQ(record->tid.load(), 0);
    EXPECT_EQ(record->word.load() % 2, 1u);
  }
}

TEST(ThreadRecord, MissedCallbacksAreCountedForThreadsWithAndWithoutOne) {
  const uint64_t before = MissedCallbacks();
  std::thread([] {
    CountMissedCallback();
    ASSERT_TRUE(RegisterThread());
    CountMissedCallback();
    CountMissedCallback();
  }).join();
  EXPECT_EQ(MissedCallbacks(), before + 3);
}

}  // namespace
}  // namespace ftrace
