// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef FTRACE_RUNTIME_MESSAGE_H_
#define FTRACE_RUNTIME_MESSAGE_H_

namespace ftrace {

// One line on stderr: "ftrace: ..." in one write. Says what is wrong and what to do. Not for hooks.
__attribute__((format(printf, 1, 2))) void Message(const char* format, ...);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_MESSAGE_H_
