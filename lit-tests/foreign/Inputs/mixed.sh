# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# mixed.sh NAME TARGET_FLAGS RUN GCC: objects of two LLVM majors with pads and of GCC without, in one
# program that walks its records; one function with a pad is not used and collected. A line for each
# linker and level. Of the environment: clang, other_clang, clangxx, lld, major, plugin, source, out.
. "${0%/*}/target.sh"
gcc=$4
flags="-I$source -DHOSTED -fPIC -ffunction-sections"

$gcc $flags -O2 -c "$inputs/main.c" "$inputs/records.c"
echo "int Dead(int x) { return x + 1; }" > dead.c
for level in -O0 -O2; do
  $clang $target $flags $plugin $level -c "$inputs/functions.c"
  $other_clang --driver-mode=g++ $target $flags $plugin $level -c "$inputs/functions.cpp" -o cxx.o
  $other_clang $target $flags $plugin $level -c dead.c
  for linker in $linkers; do
    link="$clangxx $target -pie -Wl,--gc-sections"
    case $linker-$name in
      bfd-*) link="$link -Wl,-z,start-stop-gc" ;;
      # Of lld 22 Debian's start files for MIPS ask for an executable stack, and LLVM 14's unwinding
      # tables for relocations at run time.
      lld-mips*) link="$link $lld -Wl,-z,execstack,-z,notext" ;;
      lld-*) link="$link $lld" ;;
    esac
    # Not first: GNU ld takes the first record of all for what the note refers to, and keeps it.
    $link cxx.o main.o functions.o records.o dead.o -o program
    $run ./program check > program.out || { cat program.out >&2; exit 1; }
    echo "$name $linker $level:" $(tail -n 2 program.out)
  done
done
