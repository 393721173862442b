# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sourced by the scripts beside it, whose first arguments are NAME CC CXX RUN (the compilers
# for the target, and what to put in front of a program): a directory for the target in $out, and in
# what the targets differ. Every script prints a line for each program.
set -eu
name=$1 cc=$2 cxx=$3 run=$4
shift 4
inputs=${0%/*}
dir=$out/$name
mkdir -p "$dir"
cd "$dir"

no_pic=-fno-pic
case $name in mips64*) no_pic=-fPIC ;; esac # n64 calls through the GOT always

# Where GCC makes clones of functions.
optimised=-O2
case $COMPILER in GCC) optimised=-O3 ;; esac

linkers="bfd lld"
case ${lld_major-}-$name in 14-riscv64 | 14-s390x) # Where GCC makes clones of functions.
optimised=-O2
case $COMPILER in GCC) optimised=-O3 ;; esac

linkers=bfd ;; esac # not known to this lld
