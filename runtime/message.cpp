// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/message.h"

#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace ftrace {

void Message(const char* format, ...) {
  constexpr char kPrefix[] = "ftrace: ";
  constexpr size_t kPrefixSize = sizeof(kPrefix) - 1;
  char line[2048];
  const int saved = errno;
  memcpy(line, kPrefix, kPrefixSize);
  va_list arguments;
  va_start(arguments, format);
  const int wanted =
      vsnprintf(line + kPrefixSize, sizeof(line) - kPrefixSize - 1, format, arguments);
  va_end(arguments);
  size_t size = kPrefixSize + (wanted > 0 ? static_cast<size_t>(wanted) : 0);
  if (size > sizeof(line) - 2) size = sizeof(line) - 2;
  line[size++] = '\n';
  // A message that cannot be written is lost; the program goes on.
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, line, size);
  errno = saved;
}

}  // namespace ftrace
