// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A C++ program with templates, lambdas, inline and virtual functions, static constructors and
// exceptions that cross padded functions runs the same with every function traced as with none, and
// filters match mangled and demangled names, with and without parameter list (F8).
// RUN: %cxx -O2 -std=c++17 %plugin %s %include -I%S/Inputs %runtime -o %t
// RUN: %t
// RUN: %cxx -O0 -std=c++17 %plugin %s %include -I%S/Inputs %runtime -o %t
// RUN: %t
#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "check.h"

namespace shapes {

struct Shape {
  virtual ~Shape() = default;
  virtual double Area() const = 0;
};
struct Square final : Shape {
  explicit Square(double side) : side(side) {}
  double Area() const override { return side * side; }
  double side;
};

template <typename T>
TRACED T Twice(T value) {
  asm volatile("");
  return value + value;
}

inline TRACED int Inline(int a) {
  asm volatile("");
  return a - 1;
}

TRACED int Throw(int depth) {
  std::string local(static_cast<size_t>(depth) + 20, 'x');  // a destructor to run
  if (depth == 0) throw std::runtime_error("bottom");
  return Throw(depth - 1) + static_cast<int>(local.size());
}

TRACED int Overloaded(int) {
  asm volatile("");
  return 1;
}
TRACED int Overloaded(long) {
  asm volatile("");
  return 2;
}

}  // namespace shapes

namespace {

unsigned long calls;

FTRACE_NOTRACE void Count(unsigned long, unsigned long, ftrace_ops*, ftrace_regs*) { ++calls; }

// A static constructor that calls traced code before main().
struct Table {
  Table() {
    for (int i = 0; i < 10; ++i) names[i] = shapes::Twice(std::to_string(i));
  }
  std::map<int, std::string> names;
};
Table table;

std::string RunAll() {
  std::string result;
  std::vector<std::unique_ptr<shapes::Shape>> all;
  for (int i = 1; i < 5; ++i) all.push_back(std::make_unique<shapes::Square>(i));
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) FTRACE_NOTRACE { return a->Area() > b->Area(); });
  for (const auto& shape : all) result += std::to_string(shape->Area()) + ";";
  for (int i = 0; i < 5; ++i) {
    try {
      shapes::Throw(i);
    } catch (const std::runtime_error& error) {
      result += error.what();
    }
  }
  const auto lambda = [&](int a) { return shapes::Inline(shapes::Twice(a)); };
  result += std::to_string(lambda(21)) + table.names[3];
  return result + std::to_string(shapes::Overloaded(1) + shapes::Overloaded(1L));
}

FTRACE_NOTRACE unsigned long CallsWith(ftrace_ops* ops, const char* glob) {
  CHECK_EQ(FILTER(ops, glob), 0);
  calls = 0;
  shapes::Overloaded(1);
  shapes::Overloaded(1L);
  return calls;
}

}  // namespace

FTRACE_NOTRACE int main() {
  const std::string expected = RunAll();
  ftrace_ops ops = {};
  ops.func = Count;
  ops.flags = FTRACE_OPS_FL_GPREGS_ONLY;
  CHECK_EQ(register_ftrace_function(&ops), 0);
  CHECK(RunAll() == expected);
  CHECK(calls > 30);
  CHECK_EQ(CallsWith(&ops, "_ZN6shapes10OverloadedEi"), 1);
  CHECK_EQ(CallsWith(&ops, "shapes::Overloaded"), 2);
  CHECK_EQ(CallsWith(&ops, "shapes::Overloaded(long)"), 1);
  CHECK_EQ(CallsWith(&ops, "shapes::*"), 2);
  CHECK_EQ(unregister_ftrace_function(&ops), 0);
  calls = 0;
  CHECK(RunAll() == expected);
  CHECK_EQ(calls, 0);
  ftrace_free_filter(&ops);
  return 0;
}
