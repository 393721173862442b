# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# alive.sh NAME CC CXX RUN [TEST_CC]: builds the program that switches its own pads and runs it;
# prints a line for each, and leaves in calls-LEVEL-KIND how often each function was called. Of
# the environment: COMPILER, plugin, source, out.
. "${0%/*}/target.sh"
test_cc=${1:-$cc}
flags="-I$source -DHOSTED"

for build in -O0-pie $optimised-static; do
  level=${build%-*} kind=${build##*-} pic=-fPIC
  case $kind in static) pic=$no_pic ;; esac
  # Everything the test itself adds is compiled by TEST_CC.
  $test_cc $flags -O1 $pic -c "$inputs/main.c" "$inputs/alive.c"
  $cc $flags $plugin $level $pic -c "$inputs/functions.c" -o c.o
  $cxx $flags $plugin $level $pic -c "$inputs/functions.cpp" -o cxx.o
  $cxx -$kind main.o alive.o c.o cxx.o -o program
  $run ./program switch > program.out || { tail -n 50 program.out >&2; exit 1; }
  grep '^called' program.out > calls$build
  echo "$name $build:" $(wc -l < calls$build) pads, $(grep -v -c ' 0$' calls$build) called, \
    $(tail -n 1 program.out)
done
