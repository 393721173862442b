# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# cmake -DOUTPUT=HEADER -DFILES=LIST -P write_stamp.cmake
# Writes the hash of the files' contents, in the order of their names.
list(SORT FILES)
set(hashes)
foreach(file IN LISTS FILES)
  file(SHA256 "${file}" hash)
  string(APPEND hashes "${hash}")
endforeach()
string(SHA256 stamp "${hashes}")
file(WRITE "${OUTPUT}" "#define FTRACE_IMPLEMENTATIONS_STAMP \"${stamp}\"\n")
