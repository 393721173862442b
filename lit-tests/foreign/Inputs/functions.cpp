// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Exceptions through frames of functions with pads, and the stack as the unwinder sees it.
#include <string.h>
#include <unwind.h>

#include <stdexcept>

#include "known.h"

namespace {

int destroyed;

struct Guard {
  NOTRACE ~Guard() { ++destroyed; }
};

struct Trace {
  const char* const* names;
  int count;
  int seen;
};

// The function of this file with the greatest address up to `address`. Not by the unwinder's tables:
// linkers merge entries of ARM's that say the same.
NOTRACE const char* NameOf(uintptr_t address) {
  const Known* best = nullptr;
  uintptr_t best_start = 0;
  for (unsigned i = 0; i < kKnownCxxCount; ++i) {
    const auto start = reinterpret_cast<uintptr_t>(kKnownCxx[i].function);
    if (start > address || start < best_start) continue;
    best = &kKnownCxx[i];
    best_start = start;
  }
  return best == nullptr ? "" : best->name;
}

NOTRACE uintptr_t AddressOf(_Unwind_Context* context) {
#ifdef __arm__
  // _Unwind_GetIP() is a function of the header here, and would have a pad.
  uintptr_t address = 0;
  _Unwind_VRS_Get(context, _UVRSC_CORE, 15, _UVRSD_UINT32, &address);
  return address;
#else
  return _Unwind_GetIP(context);
#endif
}

NOTRACE _Unwind_Reason_Code Step(_Unwind_Context* context, void* data) {
  Trace* trace = static_cast<Trace*>(data);
  const uintptr_t address = AddressOf(context);
  if (trace->seen < trace->count && !strcmp(NameOf(address), trace->names[trace->seen])) {
    ++trace->seen;
  }
  return _URC_NO_REASON;
}

}  // namespace

extern "C" {

NOINLINE int Throw(int n) {
  Guard guard;
  if (n > 2) throw std::runtime_error("thrown");
  if (n > 1) throw n;
  return n;
}

NOINLINE double Middle(int n, double x, long a, long b, long c, long d, long e, long f, long g) {
  Guard guard;
  return Throw(n) + x + static_cast<double>(a + b + c + d + e + f + g);
}

NOINLINE int Catch(int n) {
  try {
    return static_cast<int>(Middle(n, 1.5, 1, 2, 3, 4, 5, 6, 7));
  } catch (int number) {
    return 1000 + number;
  } catch (const std::exception& error) {
    return 2000 + error.what()[0];
  }
}

NOINLINE int Rethrow(int n) {
  try {
    return Catch(n) + Throw(n);
  } catch (...) {
    try {
      throw;
    } catch (int number) {
      return -number;
    } catch (const std::exception&) {
      return -3;
    }
  }
}

NOINLINE int Quiet(int n) noexcept { return n + 1; }

int Outer(int n);
int Inner(int n);
void Backtrace();

FRAME void Backtrace() {
  const char* const names[] = {"Backtrace", "Inner", "Outer", "Outer", "CallCxx"};
  Trace trace = {names, COUNT_OF(names), 0};
  _Unwind_Backtrace(Step, &trace);
  Report("Backtrace", trace.seen);
  if (trace.seen != trace.count) Fault("frames are missing", "Backtrace");
}

FRAME int Inner(int n) {
  Backtrace();
  return n + 1;
}

FRAME int Outer(int n) {
  const int result = n == 0 ? Inner(n) : Outer(n - 1);
  __asm__ volatile("");  // else GCC makes a loop of it
  return result * 3;
}

FRAME void CallCxx() {
  destroyed = 0;
  for (int i = 0; i < 5; ++i) Report("Catch", Catch(i));
  for (int i = 0; i < 5; ++i) Report("Rethrow", Rethrow(i));
  Report("Quiet", Quiet(3));
  Report("Outer", Outer(1));
  Report("destroyed", destroyed);
}

#ifdef __clang__
// Clang's own, of the landing pads above: a function like others.
void Terminate() __asm__("__clang_call_terminate");
#endif

// As arch/site.h numbers the fields; a constant cannot call its functions.
#define MAY_UNWIND (1u << 24)
#define ENTRY(name, facts) \
  {#name, reinterpret_cast<void (*)()>(name), MAY_UNWIND | COMPILER_GCC, (facts) | COMPILED_BY}

extern const Known kKnownCxx[] = {
    ENTRY(Throw, MAY_UNWIND),   ENTRY(Middle, MAY_UNWIND), ENTRY(Catch, MAY_UNWIND),
    ENTRY(Rethrow, MAY_UNWIND), ENTRY(Quiet, 0),           ENTRY(Backtrace, MAY_UNWIND),
    ENTRY(Inner, MAY_UNWIND),   ENTRY(Outer, MAY_UNWIND),  ENTRY(CallCxx, MAY_UNWIND),
#ifdef __clang__
    ENTRY(Terminate, 0),
#endif
};
extern const unsigned kKnownCxxCount = COUNT_OF(kKnownCxx);

}  // extern "C"
