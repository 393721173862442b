// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What was unpublished and waits for a grace period. The node is part of the object, so that
// removing never needs memory.
#ifndef FTRACE_RUNTIME_GARBAGE_H_
#define FTRACE_RUNTIME_GARBAGE_H_

#include "runtime/grace_period.h"

namespace ftrace {

struct Garbage {
  Garbage* next;
  void (*free)(Garbage*);  // called under the lock
};

// A list, oldest last.
class GarbageList {
 public:
  bool empty() const { return head_ == nullptr; }
  void Add(Garbage* garbage) {
    garbage->next = head_;
    head_ = garbage;
  }
  void MoveAllTo(GarbageList* other) {
    while (head_ != nullptr) {
      Garbage* garbage = head_;
      head_ = garbage->next;
      other->Add(garbage);
    }
  }
  // After a grace period, under the lock.
  void FreeAll() {
    while (head_ != nullptr) {
      Garbage* garbage = head_;
      head_ = garbage->next;
      garbage->free(garbage);
    }
  }

 private:
  Garbage* head_ = nullptr;
};

// Garbage nobody waits for: freed by a later call of the API, when the brackets that were open have
// closed. Under the lock.
void FreeLater(GarbageList* garbage);
// Moves on as far as it can without waiting.
void PollDeferred();

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_GARBAGE_H_
