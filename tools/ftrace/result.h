// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A value, or one line that says what went wrong and what to do.
#ifndef FTRACE_TOOLS_FTRACE_RESULT_H_
#define FTRACE_TOOLS_FTRACE_RESULT_H_

#include <string>
#include <utility>
#include <variant>

namespace ftrace {

struct Error {
  std::string message;  // without "ftrace: " and without a newline
};

template <typename T>
class Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT: a value is a result
  Result(Error error) : state_(std::move(error)) {}  // NOLINT: so is an error

  explicit operator bool() const { return std::holds_alternative<T>(state_); }
  T& operator*() { return std::get<T>(state_); }
  const T& operator*() const { return std::get<T>(state_); }
  T* operator->() { return &std::get<T>(state_); }
  const T* operator->() const { return &std::get<T>(state_); }
  const std::string& error() const { return std::get<Error>(state_).message; }

 private:
  std::variant<T, Error> state_;
};

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_RESULT_H_
