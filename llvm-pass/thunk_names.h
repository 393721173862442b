// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For the plugins of both compilers.
#ifndef FTRACE_LLVM_PASS_THUNK_NAMES_H_
#define FTRACE_LLVM_PASS_THUNK_NAMES_H_

#include <cstring>

namespace ftrace {

// Whether a symbol is that of a compiler's own function that adjusts `this` or a result and goes on
// to the real one, or gets the address of a thread-local variable (Itanium C++ ABI 5.1.4.3): not in
// the source, so tools may want to leave them out.
inline bool IsThunkName(const char* symbol) {
  return strncmp(symbol, "_ZT", 3) == 0 && symbol[3] != '\0' &&
         strchr("hvcW", symbol[3]) != nullptr;
}

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_THUNK_NAMES_H_
