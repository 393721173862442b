# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# FTRACE_SANITIZE=address,undefined or =thread: a build whose unit tests (target ftrace_unittests)
# run under a sanitizer. The runtime's library is not meant to be built so: it runs without libc's
# help inside foreign programs. Its pure parts are, as parts of the tests.
set(FTRACE_SANITIZE "" CACHE STRING "Sanitizers for the unit tests, as in -fsanitize=")
if(FTRACE_SANITIZE)
  add_compile_options(-fsanitize=${FTRACE_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${FTRACE_SANITIZE})
endif()
