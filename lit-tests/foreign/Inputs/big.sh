# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# big.sh NAME FLAGS RUN LEVEL...: the program of big_functions.py, in $out/big.c, with and without
# pads at each LEVEL. Of the environment: clang, plugin, check_sites, out.
set -eu
name=$1 flags=$2 run=$3
shift 3
dir=$out/$name
mkdir -p "$dir"
cd "$dir"
for level in "$@"; do
  $clang $flags $level ../big.c -o plain
  $clang $flags $level $plugin ../big.c -o padded
  $check_sites padded > sites
  $run ./plain > plain.out
  $run ./padded > padded.out
  cmp plain.out padded.out
  echo "$name $level: $(grep -c '^pad' sites) pads, $(wc -l < padded.out) results"
done
