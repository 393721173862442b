// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The record tells what a tracer has to keep or may not do, for each argument class; unused
// arguments count, because the caller passes them.
// RUN: for level in -O0 -O2; do \
// RUN:   %cxx_x86_64 %plugin $level -fPIC -fexceptions -c %s -o %t.o || exit 1; \
// RUN:   %link %t.o -o %t && %check_sites %t | FileCheck %prefixes %s || exit 1; \
// RUN: done
#include <cstdarg>
extern "C" {
void External();

// CHECK-DAG: pad Nothing at={{[^ ]*}} lead=0 kind=0 stack=0{{$}}
void Nothing() noexcept {}
// CHECK-DAG: pad Unwinds at={{[^ ]*}} lead=0 kind=0 stack=0 unwinds{{$}}
void Unwinds() { External(); }
// CHECK-DAG: pad SixInRegisters at={{[^ ]*}} lead=0 kind=0 stack=0{{$}}
int SixInRegisters(int, int, int, int, int, int) noexcept { return 1; }
// CHECK-DAG: pad SevenIntegers at={{[^ ]*}} lead=0 kind=0 stack=1{{$}}
long SevenIntegers(long, long, long, long, long, long, long g) noexcept { return g; }
// CHECK-DAG: pad NineUnused at={{[^ ]*}} lead=0 kind=0 stack=2{{$}}
long NineUnused(long, long, long, long, long, long, long, long, long) noexcept { return 1; }

// CHECK-DAG: pad Double at={{[^ ]*}} lead=0 kind=0 stack=0 vector{{$}}
double Double(double x) noexcept { return x; }
// CHECK-DAG: pad NineDoubles at={{[^ ]*}} lead=0 kind=0 stack=1 vector{{$}}
double NineDoubles(double, double, double, double, double, double, double, double,
                   double i) noexcept {
  return i;
}
// LLVM goes by the type of the argument, GCC by its place.
// LLVM-DAG: pad LongDouble at={{[^ ]*}} lead=0 kind=0 stack=1 vector{{$}}
// GCC-DAG: pad LongDouble at={{[^ ]*}} lead=0 kind=0 stack=1{{$}}
int LongDouble(long double x) noexcept { return static_cast<int>(x); }

typedef float Vector __attribute__((vector_size(16)));
// CHECK-DAG: pad Vectors at={{[^ ]*}} lead=0 kind=0 stack=0 vector{{$}}
Vector Vectors(Vector x) noexcept { return x; }

struct Floats {
  float a, b;
};
// CHECK-DAG: pad FloatsInOneRegister at={{[^ ]*}} lead=0 kind=0 stack=0 vector{{$}}
float FloatsInOneRegister(Floats x) noexcept { return x.b; }
struct Mixed {
  long a;
  double b;
};
// CHECK-DAG: pad MixedPair at={{[^ ]*}} lead=0 kind=0 stack=0 vector{{$}}
double MixedPair(Mixed x) noexcept { return x.b; }

struct Bytes40 {
  long a[5];
};
struct Bytes256 {
  long a[32];
};
struct Bytes264 {
  long a[33];
};
// CHECK-DAG: pad ByValue40 at={{[^ ]*}} lead=0 kind=0 stack=2{{$}}
long ByValue40(Bytes40 x) noexcept { return x.a[4]; }
// CHECK-DAG: pad ByValue256 at={{[^ ]*}} lead=0 kind=0 stack=3{{$}}
long ByValue256(Bytes256 x) noexcept { return x.a[4]; }
// CHECK-DAG: pad ByValue264 at={{[^ ]*}} lead=0 kind=0 stack=4{{$}}
long ByValue264(Bytes264 x) noexcept { return x.a[4]; }
// CHECK-DAG: pad ReturnsStruct at={{[^ ]*}} lead=0 kind=0 stack=0{{$}}
Bytes40 ReturnsStruct(long x) noexcept { return Bytes40{{x}}; }

// CHECK-DAG: pad Variadic at={{[^ ]*}} lead=0 kind=0 stack=4 variadic vector{{$}}
int Variadic(int count, ...) noexcept {
  va_list list;
  va_start(list, count);
  const int result = va_arg(list, int);
  va_end(list);
  return result;
}

int setjmp(long*) __attribute__((returns_twice));
// CHECK-DAG: pad CallsSetjmp at={{[^ ]*}} lead=0 kind=0 stack=0 unwinds entry-only{{$}}
int CallsSetjmp(long* buffer) { return setjmp(buffer); }
// CHECK-DAG: pad ReturnsTwice at={{[^ ]*}} lead=0 kind=0 stack=0 entry-only{{$}}
__attribute__((returns_twice)) int ReturnsTwice() noexcept { return 0; }
// CHECK-DAG: pad TakesReturnAddress at={{[^ ]*}} lead=0 kind=0 stack=0 entry-only{{$}}
void* TakesReturnAddress() noexcept { return __builtin_return_address(0); }
// CHECK-DAG: pad TakesFrameAddress at={{[^ ]*}} lead=0 kind=0 stack=0 entry-only{{$}}
void* TakesFrameAddress() noexcept { return __builtin_frame_address(0); }
}
