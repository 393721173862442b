// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the names of the compilers' own functions say (Itanium C++ ABI 5.1.4.3). For the plugins of
// both compilers.
#ifndef FTRACE_LLVM_PASS_SYMBOL_NAMES_H_
#define FTRACE_LLVM_PASS_SYMBOL_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

namespace ftrace {

// Whether a symbol is that of a function that adjusts `this` or a result and goes on to the real
// one, or gets the address of a thread-local variable: not in the source, so tools may want to
// leave them out.
bool IsThunkName(std::string_view symbol);

// The symbol of the function that the thunk of this name goes on to; empty if it goes on to none.
std::string ThunkTarget(std::string_view symbol);

// The symbol, and what is left of it without its last, its last two... parts that begin with a dot.
// Those are the compiler's: a clone, a part or a nested function goes by the name that the source
// has. There may be several dots, and one within the mangled name of a coroutine's part.
std::vector<std::string> NamesOfSymbol(std::string symbol);

}  // namespace ftrace

#endif  // FTRACE_LLVM_PASS_SYMBOL_NAMES_H_
