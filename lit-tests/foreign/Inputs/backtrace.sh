# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# backtrace.sh NAME CC CXX RUN [FILTER...]: builds the program that looks at the stack from behind its
# pads, and prints for each pad what it sees. The assembly goes through FILTER. Of the environment: COMPILER, plugin, source, out.
. "${0%/*}/target.sh"
flags="-I$source -DHOSTED -fasynchronous-unwind-tables"

for build in -O0-pie -O2-static; do
  level=${build%-*} kind=${build##*-} pic=-fPIC
  case $kind in static) pic=$no_pic ;; esac
  $cc $flags -O1 $pic -c "$inputs/main.c" "$inputs/backtrace.c"
  $cc $flags $plugin $level $pic -S "$inputs/backtrace-functions.c" -o compiled.s
  "${@:-cat}" < compiled.s > functions.s
  $cc $pic -c functions.s
  $cc -$kind main.o backtrace.o functions.o -o program
  $run ./program switch > program.out || { cat program.out >&2; exit 1; }
  sed "s/^/$name $build /" program.out
done
