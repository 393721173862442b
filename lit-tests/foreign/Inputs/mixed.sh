# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# mixed.sh NAME CC CXX RUN OTHER_CC OTHER_CXX GCC: objects of two compilers with pads and of GCC
# without, in one program that walks its records; one function with a pad is not used and collected.
# A line for each linker and level. Of the environment: COMPILER, lld, lld_major, plugin, source, out.
. "${0%/*}/target.sh"
other_cc=$1 other_cxx=$2 gcc=$3
flags="-I$source -DHOSTED -fPIC -ffunction-sections"

$gcc $flags -O2 -c "$inputs/main.c" "$inputs/records.c"
echo "int Dead(int x) { return x + 1; }" > dead.c
for level in -O0 $optimised; do
  $cc $flags $plugin $level -c "$inputs/functions.c"
  $other_cxx $flags $plugin $level -c "$inputs/functions.cpp" -o cxx.o
  $other_cc $flags $plugin $level -c dead.c
  for linker in $linkers; do
    link="$cxx -pie -Wl,--gc-sections"
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
    echo "$name $linker $level:" $(tail -n 3 program.out)
  done
done
