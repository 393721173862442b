# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Warnings for our own code. Foreign headers are included as SYSTEM.
add_library(ftrace_warnings INTERFACE)
target_compile_options(ftrace_warnings INTERFACE
  $<$<COMPILE_LANGUAGE:C,CXX>:-Wall -Wextra -Wconversion -Werror>)
