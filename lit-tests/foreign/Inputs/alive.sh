# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# alive.sh NAME TARGET_FLAGS RUN [CXX_FLAGS]: builds the program that switches its own pads and runs
# it; prints a line for each, and leaves in calls-LEVEL-KIND how often each function was called. Of
# the environment: clang, clangxx, plugin, source, out.
. "${0%/*}/target.sh"
cxx=${4:-$target}
flags="-I$source -DHOSTED"

for build in -O0-pie -O2-static; do
  level=${build%-*} kind=${build##*-} pic=-fPIC
  case $kind in static) pic=$no_pic ;; esac
  # Everything the test itself adds is compiled for the instruction set of the C++ part.
  $clang $cxx $flags -O1 $pic -c "$inputs/main.c" "$inputs/alive.c"
  $clang $target $flags $plugin $level $pic -c "$inputs/functions.c" -o c.o
  $clangxx $cxx $flags $plugin $level $pic -c "$inputs/functions.cpp" -o cxx.o
  $clangxx $target -$kind main.o alive.o c.o cxx.o -o program
  $run ./program switch > program.out || { tail -n 50 program.out >&2; exit 1; }
  grep '^called' program.out > calls$build
  echo "$name $build:" $(wc -l < calls$build) pads, $(grep -v -c ' 0$' calls$build) called, \
    $(tail -n 1 program.out)
done
