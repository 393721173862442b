// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `ftrace list` names every site of a file; a glob matches mangled names, and demangled ones with
// and without parameter list.

// RUN: %cxx -O0 %plugin %s -o %t
// RUN: %ftrace list %t | FileCheck --check-prefix=ALL %s
// RUN: %ftrace list %t 'ns::*' | FileCheck --check-prefix=NS %s
// RUN: %ftrace list %t 'ns::twice<int>(int)' | FileCheck --check-prefix=TWICE %s
// RUN: %ftrace list %t _ZN2ns5twiceIiEET_S1_ | FileCheck --check-prefix=TWICE %s
// RUN: %ftrace list %t 'ns::twice<int>' --demangle=full | FileCheck --check-prefix=FULL %s
// RUN: %ftrace list %t 'ns::twice<int>' --demangle=no | FileCheck --check-prefix=NO %s
// RUN: %ftrace list --count %t | FileCheck --check-prefix=COUNT %s
// RUN: %ftrace list --count %t 'ns::*' | FileCheck --check-prefix=COUNT-NS %s

namespace ns {
template <typename T>
T twice(T value) {
  return value + value;
}
struct S {
  int operator()(int value) const { return value; }
};
}  // namespace ns

static int local(int value) { return value; }

__attribute__((no_instrument_function)) int hidden(int value) { return value; }

int main() { return ns::twice(1) + ns::S()(2) + local(3) + hidden(4) - 11; }

// Address of the pad, function, module, state; in order of addresses.
// ALL-NOT: hidden
// ALL-DAG: {{^[0-9a-f]{16}  local +list.cpp.tmp  off$}}
// ALL-DAG: {{^[0-9a-f]{16}  main +list.cpp.tmp  off$}}
// ALL-DAG: {{^[0-9a-f]{16}  ns::twice<int> +list.cpp.tmp  off$}}
// ALL-DAG: {{^[0-9a-f]{16}  ns::S::operator\(\) +list.cpp.tmp  off$}}
// ALL-NOT: hidden

// NS-COUNT-2: ns::{{.*$}}
// NS-NOT: {{.}}

// TWICE: ns::twice<int>
// TWICE-NOT: {{^[0-9a-f]}}

// FULL: int ns::twice<int>(int)
// NO: _ZN2ns5twiceIiEET_S1_

// main, local, twice, operator(); besides them hidden, _start and the two module hooks.
// COUNT: {{^}}list.cpp.tmp: 4 of {{[0-9]+}} functions have pads{{$}}
// COUNT-NS: {{^}}list.cpp.tmp: 2 of 4 sites match ns::*{{$}}
