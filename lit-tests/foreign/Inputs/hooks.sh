# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# hooks.sh NAME CC CXX RUN STATIC_KIND...: builds programs whose modules announce themselves, to the
# functions of hooks-runtime.c and to nobody, and runs them. A line for each program. Of the
# environment: COMPILER, lld, lld_major, plugin, source, out.
. "${0%/*}/target.sh"
flags="-I$source -O2"

# Runs the program and compares with the lines of the prefix $1.
check() {
  $run ./program > output || { cat output >&2; exit 1; }
  FileCheck --check-prefix="$1" --input-file=output "$inputs/hooks-main.c"
  echo "$name $2 $1"
}

$cc $flags -fPIC -c "$inputs/hooks-runtime.c" -o runtime.o
$cc $flags $plugin -fPIC -c "$inputs/hooks-library.c" -o library.o
for pic in $no_pic -fPIC; do
  $cc $flags $plugin $pic -c "$inputs/hooks-main.c" -o main$pic.o
  $cc $flags $plugin $pic -DLIBRARY="\"$dir/library.so\"" -c "$inputs/hooks-main.c" -o dl$pic.o
done

for linker in $linkers; do
  link=$cc
  # Of lld 22 Debian's start files for MIPS ask for an executable stack.
  case $linker-$name in
    bfd-*) ;;
    lld-mips*) link="$link $lld -Wl,-z,execstack" ;;
    lld-*) link="$link $lld" ;;
  esac
  $link -shared runtime.o -o libruntime.so
  $link -shared library.o -o library.so
  for kind in no-pie pie; do
    pic=$no_pic
    test $kind = no-pie || pic=-fPIC
    $link -$kind dl$pic.o -L. -Wl,--no-as-needed -lruntime -Wl,-rpath,"$dir" -ldl -o program
    check DYNAMIC "$linker $kind"
    $link -$kind main$pic.o -o program
    check ALONE "$linker $kind"
  done
  for kind in "$@"; do
    # Such a program crashes without pads as well.
    test "$name $linker $kind" != "i386 lld static-pie" || continue
    pic=$no_pic
    test $kind = static || pic=-fPIC
    $link -$kind main$pic.o runtime.o -o program
    check STATIC "$linker $kind"
    $link -$kind main$pic.o -o program
    check ALONE "$linker $kind"
  done
done
