// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A coroutine has a pad, and so have the parts that the compiler makes of it, which are
// entered by calls.
// RUN: for level in -O0 -O2; do \
// RUN:   %cxx %plugin -std=c++20 -fno-exceptions $level -c %s -o %t.o || exit 1; \
// RUN:   %link %t.o -o %t && %check_sites %t > %t.txt || exit 1; \
// RUN:   FileCheck %prefixes %s < %t.txt || exit 1; \
// RUN: done
// They go by the name of the coroutine.
// RUN: %cxx %plugin -std=c++20 -fno-exceptions -fplugin-arg-libftrace-filter=Count -c %s -o %t.o
// RUN: %link %t.o -o %t && %check_sites %t > %t.txt && FileCheck %prefixes %s < %t.txt
// RUN: %cxx %plugin -std=c++20 -fno-exceptions -fplugin-arg-libftrace-notrace=Count -c %s -o %t.o
// RUN: %link %t.o -o %t && %check_sites %t > %t.txt && FileCheck --check-prefix=NONE %s < %t.txt
// NONE-NOT: pad {{.*}}Count
// NONE-DAG: pad {{.*}}from_address
// NONE-NOT: pad {{.*}}Count
// CHECK-DAG: pad _Z5Countv at=
// GCC-DAG: pad _Z5Count{{.*}}.Frame.actor at=
// GCC-DAG: pad _Z5Count{{.*}}.Frame.destroy at=
// LLVM-DAG: pad _Z5Countv.resume at=
// LLVM-DAG: pad _Z5Countv.destroy at=
namespace std {
template <class T, class... A>
struct coroutine_traits {
  using promise_type = typename T::promise_type;
};
template <class P = void>
struct coroutine_handle;
template <>
struct coroutine_handle<void> {
  static coroutine_handle from_address(void* at) noexcept { return coroutine_handle{at}; }
  void* frame;
};
template <class P>
struct coroutine_handle : coroutine_handle<> {
  static coroutine_handle from_address(void* at) noexcept {
    coroutine_handle handle;
    handle.frame = at;
    return handle;
  }
};
}  // namespace std

void Keep(std::coroutine_handle<>);
struct Always {
  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<> handle) noexcept { Keep(handle); }
  void await_resume() noexcept {}
};
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    Always initial_suspend() noexcept { return {}; }
    Always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
void Step(int);
Task Count() {
  for (int i = 0; i < 3; ++i) {
    Step(i);
    co_await Always{};
  }
}
