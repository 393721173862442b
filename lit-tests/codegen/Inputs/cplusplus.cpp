// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What C has not: functions in COMDAT groups, exceptions, thunks and initialisers. With what the
// records of every target say of them.
long External(long);

// CHECK-DAG: pad _Z6Inlinel at={{.*}} kind=0 {{.*}}unwinds
inline __attribute__((noinline)) long Inline(long x) { return x * External(x); }

// CHECK-DAG: pad _ZN6HolderIlE3GetEl{{(.isra.0)?}} at={{.*}} kind=0 {{.*}}unwinds
template <class T>
struct Holder {
  T value;
  __attribute__((noinline)) T Get(T x) { return value * External(x); }
};

struct Left {
  virtual long Visit(long);
  long left;
};
struct Right {
  virtual long Visit(long);
  long right;
};
struct Both : Left, Right {
  long Visit(long) override;
};
// CHECK-DAG: pad {{([.]LTHUNK0,)?}}_ZN4Both5VisitEl at={{.*}} kind=0
// LLVM-DAG: pad _ZThn{{[0-9]+}}_N4Both5VisitEl at={{.*}} kind=3
// GCC-DAG: {{bare _ZThn[0-9]+_N4Both5VisitEl$|pad _ZThn[0-9]+_N4Both5VisitEl at=.* kind=3}}
long Both::Visit(long x) { return left + right + x; }

// CHECK-DAG: pad _Z5Catchl at={{.*}} kind=0 {{.*}}unwinds
long Catch(long x) {
  try {
    return External(x) + Holder<long>{x}.Get(2);
  } catch (int thrown) {
    return Inline(thrown);
  }
}

// CHECK-DAG: pad _Z5Throwi at={{.*}} kind=0 {{.*}}unwinds
void Throw(int x) { throw x; }

// CHECK-DAG: pad _Z11CannotThrowl at={{[^ ]+}} lead={{[048]}} kind=0 stack={{[01]$}}
long CannotThrow(long x) noexcept { return x + 1; }

// CHECK-DAG: pad _GLOBAL__sub_I_{{(cplusplus.cpp|_Z.*)}} at={{.*}} kind=0
static long initialised = External(1);
long* Address() { return &initialised; }

// Functions of the compiler's own included: nothing else is there but the module's hooks, cold parts
// of functions and, with GCC, the thunk.
// CHECK-DAG: {{^}}bare __ftrace_module_ctor{{$}}
// CHECK-DAG: {{^}}bare __ftrace_module_dtor{{$}}
