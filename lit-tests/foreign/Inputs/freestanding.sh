# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# freestanding.sh NAME CC CXX RUN [FLAG...]: programs without a C library that walk their records and
# switch their pads. A line for each. Of the environment: COMPILER, lld, plugin, check_sites,
# source, out.
. "${0%/*}/target.sh"
flags="$* -I$source -ffreestanding -fno-pic"
link="$cc $* $lld -nostdlib -static"
for level in -O0 -O2 -Os; do
  $cc $flags $level -c "$inputs/functions.c" -o plain-c.o
  $cc $flags $level $plugin -c "$inputs/functions.c" -o c.o
  $cc $flags -O1 -c "$inputs/freestanding.c" "$inputs/records.c" "$inputs/alive.c"
  $link plain-c.o freestanding.o records.o -o plain
  $run ./plain > plain.out
  lines=$(wc -l < plain.out)
  $cc $flags -O1 -DCHECK -c "$inputs/freestanding.c"
  for what in records alive; do
    $link c.o freestanding.o $what.o -o program
    $check_sites program > sites
    $run ./program > program.out || { cat program.out >&2; exit 1; }
    head -n "$lines" program.out | cmp - plain.out
    tail -n +"$((lines + 1))" program.out > $what$level
    echo "$name $level $what: $(wc -l < $what$level) lines, $(tail -n 1 $what$level)"
  done
done
