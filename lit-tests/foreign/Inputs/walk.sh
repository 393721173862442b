# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# walk.sh NAME CC CXX RUN KIND...: builds the program that walks its records in every KIND and runs
# it; a line for each. Of the environment: COMPILER, plugin, check_sites, link_target, source, out.
#
# KIND: no-pie, static (of code that is not position-independent), pie, static-pie, shared (the
# functions in a library).
. "${0%/*}/target.sh"
flags="-I$source -DHOSTED"

for file in main records; do
  $cc $flags -O1 -fPIC -c "$inputs/$file.c" -o $file.o
done
tools="main.o records.o"
# What asks for no pad, what the linker and the compiler add to code, and cold parts of functions.
bare='__ftrace_|__x86|_(save|rest)gpr|AddressOf|NameOf|Step|GuardD|\.cold'

for level in -O0 $optimised -Os; do
  # The same program without pads says what the functions return.
  $cc $flags $level -c "$inputs/functions.c" -o plain-c.o
  $cxx $flags $level -c "$inputs/functions.cpp" -o plain-cxx.o
  $cxx -static $tools plain-c.o plain-cxx.o -o plain
  $run ./plain > plain.out
  lines=$(wc -l < plain.out)
  for pic in $no_pic -fPIC; do
    case $level$pic in -O0-fno-pic | -Os-fPIC) test $no_pic = -fPIC || continue ;; esac
    $cc $flags $plugin $level $pic -c "$inputs/functions.c" -o c$pic.o
    $cxx $flags $plugin $level $pic -c "$inputs/functions.cpp" -o cxx$pic.o
    # Every function of the symbol table has its record.
    $link_target c$pic.o cxx$pic.o -o linked
    $check_sites linked > sites$level$pic
    if grep '^bare' sites$level$pic | grep -v -E "$bare" >&2; then exit 1; fi
  done
  for kind in "$@"; do
    case $level$kind in
      # The level between has them all.
      -O0no-pie | -O0static | -Ospie | -Osstatic-pie | -Osshared) continue ;;
    esac
    pic=-fPIC
    case $kind in
      no-pie | static)
        pic=$no_pic
        $cxx -$kind $tools c$no_pic.o cxx$no_pic.o -o program
        ;;
      pie | static-pie) $cxx -$kind $tools c-fPIC.o cxx-fPIC.o -o program ;;
      shared)
        $cxx -shared c-fPIC.o cxx-fPIC.o -o libfunctions.so
        $cxx -pie $tools -L. -lfunctions -Wl,-rpath,"$dir" -o program
        ;;
    esac
    $run ./program check > program.out || { cat program.out >&2; exit 1; }
    head -n "$lines" program.out | cmp - plain.out
    tail -n +"$((lines + 1))" program.out > said
    pads=$(grep -c '^pad' "sites$level$pic")
    test "$pads" = "$(awk '/known|clones/ { sum += $2 } END { print sum }' said)"
    echo "$name $kind $level:" $(cat said)
  done
done
