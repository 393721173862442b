# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sourced by the scripts beside it, whose first arguments are NAME TARGET_FLAGS RUN: a directory for
# the target in $out, and in what the targets differ. Every script prints a line for each program.
set -eu
name=$1 target=$2 run=$3
inputs=${0%/*}
dir=$out/$name
mkdir -p "$dir"
cd "$dir"

no_pic=-fno-pic
case $name in mips64*) no_pic=-fPIC ;; esac # n64 calls through the GOT always

linkers="bfd lld"
case ${major-}-$name in 14-riscv64 | 14-s390x) linkers=bfd ;; esac # not known to this lld
