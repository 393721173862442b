// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The one lock of the runtime: every change of tracers, filters, sets, modules and text is made
// under it. Hooks never take it. Order: the dynamic loader's locks come before it, so nothing under
// it may call dlopen, dlsym or dl_iterate_phdr.
#ifndef FTRACE_RUNTIME_LOCK_H_
#define FTRACE_RUNTIME_LOCK_H_

namespace ftrace {

class ApiLock {
 public:
  ApiLock();
  ~ApiLock();
  ApiLock(const ApiLock&) = delete;
  ApiLock& operator=(const ApiLock&) = delete;

  // This thread held it already (a signal handler, or a callback of ftrace_for_each_site(), calls
  // the API): reading is fine, changing is not.
  bool nested() const { return nested_; }

 private:
  bool nested_;
};

// Around fork(): the child gets the lock free, and no update half done.
void LockForFork();
void UnlockAfterFork();

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_LOCK_H_
