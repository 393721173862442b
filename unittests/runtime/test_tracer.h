// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_UNITTESTS_RUNTIME_TEST_TRACER_H_
#define FTRACE_UNITTESTS_RUNTIME_TEST_TRACER_H_

#include <cstdint>
#include <cstring>
#include <vector>

#include "runtime/include/ftrace/ftrace.h"

namespace ftrace {

// An ops that notes the pads it is called for; gone from the runtime with the object.
struct TestTracer {
  TestTracer() {
    ops.func = Note;
    ops.private_data = this;
  }
  ~TestTracer() {
    unregister_ftrace_function(&ops);
    ftrace_free_filter(&ops);
  }
  TestTracer(const TestTracer&) = delete;
  TestTracer& operator=(const TestTracer&) = delete;

  int Register() { return register_ftrace_function(&ops); }
  int Unregister() { return unregister_ftrace_function(&ops); }
  int Filter(const char* glob, int reset = 0) {
    return ftrace_set_filter(&ops, glob, static_cast<int>(std::strlen(glob)), reset);
  }
  int Notrace(const char* glob, int reset = 0) {
    return ftrace_set_notrace(&ops, glob, static_cast<int>(std::strlen(glob)), reset);
  }

  ftrace_ops ops = {};
  std::vector<uint64_t> calls;

 private:
  static void Note(unsigned long ip, unsigned long /*parent_ip*/, ftrace_ops* ops,
                   ftrace_regs* /*fregs*/) {
    static_cast<TestTracer*>(ops->private_data)->calls.push_back(ip);
  }
};

}  // namespace ftrace

#endif  // FTRACE_UNITTESTS_RUNTIME_TEST_TRACER_H_
