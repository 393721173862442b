# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# big.sh NAME CC CXX RUN FLAGS LEVEL...: the program of big_functions.py, in $out/big.c, with and
# without pads at each LEVEL. Of the environment: COMPILER, plugin, check_sites, out.
. "${0%/*}/target.sh"
flags=$1
shift
for level in "$@"; do
  $cc $flags $level ../big.c -o plain
  $cc $flags $level $plugin ../big.c -o padded
  $check_sites padded > sites
  $run ./plain > plain.out
  $run ./padded > padded.out
  cmp plain.out padded.out
  echo "$name $level: $(grep -c '^pad' sites) pads, $(wc -l < padded.out) results"
done
