# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# freestanding.sh NAME TARGET_FLAGS RUN: programs without a C library that walk their records and
# switch their pads. A line for each. Of the environment: clang, lld, plugin, check_sites, source,
# out.
. "${0%/*}/target.sh"
flags="$target -I$source -ffreestanding -fno-pic"
link="$clang $target $lld -nostdlib -static"
for level in -O0 -O2 -Os; do
  $clang $flags $level -c "$inputs/functions.c" -o plain-c.o
  $clang $flags $level $plugin -c "$inputs/functions.c" -o c.o
  $clang $flags -O1 -c "$inputs/freestanding.c" "$inputs/records.c" "$inputs/alive.c"
  $link plain-c.o freestanding.o records.o -o plain
  $run ./plain > plain.out
  lines=$(wc -l < plain.out)
  $clang $flags -O1 -DCHECK -c "$inputs/freestanding.c"
  for what in records alive; do
    $link c.o freestanding.o $what.o -o program
    $check_sites program > sites
    $run ./program > program.out || { cat program.out >&2; exit 1; }
    head -n "$lines" program.out | cmp - plain.out
    tail -n +"$((lines + 1))" program.out > $what$level
    echo "$name $level $what: $(wc -l < $what$level) lines, $(tail -n 1 $what$level)"
  done
done
