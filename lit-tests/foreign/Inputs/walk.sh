# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# walk.sh NAME TARGET_FLAGS RUN KIND...: builds the program that walks its records in every KIND and
# runs it; a line for each. Of the environment: clang, clangxx, plugin, source, out.
#
# KIND: no-pie, static (of code that is not position-independent), pie, static-pie, shared (the
# functions in a library).
. "${0%/*}/target.sh"
shift 3
flags="$target -I$source -DHOSTED"

for file in main records; do
  $clang $flags -O1 -fPIC -c "$inputs/$file.c" -o $file.o
done
tools="main.o records.o"

for level in -O0 -O2 -Os; do
  # The same program without pads says what the functions return.
  $clang $flags $level -c "$inputs/functions.c" -o plain-c.o
  $clangxx $flags $level -c "$inputs/functions.cpp" -o plain-cxx.o
  $clangxx $target -static $tools plain-c.o plain-cxx.o -o plain
  $run ./plain > plain.out
  lines=$(wc -l < plain.out)
  for pic in $no_pic -fPIC; do
    case $level$pic in -O0-fno-pic | -Os-fPIC) test $no_pic = -fPIC || continue ;; esac
    $clang $flags $plugin $level $pic -c "$inputs/functions.c" -o c$pic.o
    $clangxx $flags $plugin $level $pic -c "$inputs/functions.cpp" -o cxx$pic.o
  done
  for kind in "$@"; do
    case $level$kind in
      -O0no-pie | -O0static | -Ospie | -Osstatic-pie | -Osshared) continue ;; # -O2 has them all
    esac
    case $kind in
      no-pie | static) $clangxx $target -$kind $tools c$no_pic.o cxx$no_pic.o -o program ;;
      pie | static-pie) $clangxx $target -$kind $tools c-fPIC.o cxx-fPIC.o -o program ;;
      shared)
        $clangxx $target -shared c-fPIC.o cxx-fPIC.o -o libfunctions.so
        $clangxx $target -pie $tools -L. -lfunctions -Wl,-rpath,"$dir" -o program
        ;;
    esac
    $run ./program check > program.out || { cat program.out >&2; exit 1; }
    head -n "$lines" program.out | cmp - plain.out
    echo "$name $kind $level:" $(tail -n +"$((lines + 1))" program.out)
  done
done
