// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A bad option is an error that names it; nothing is compiled.
// RUN: rm -f %t.o
// RUN: not %cc %plugin -fplugin-arg-libftrace-flter=a -c %s -o %t.o 2>&1 | FileCheck --check-prefix=KEY %s
// KEY: error: ftrace: unknown option 'flter': known are filter=GLOB {{.*}}min-insns=N
// RUN: for value in "" = =x =3x =-3 =99999999999; do \
// RUN:   not %cc %plugin -fplugin-arg-libftrace-min-insns$value -c %s -o %t.o 2>&1 \
// RUN:     | FileCheck --check-prefix=NUMBER %s || exit 1; \
// RUN: done
// NUMBER: error: ftrace: 'min-insns' takes a decimal number, not '{{.*}}'
// RUN: not %cc %plugin -fplugin-arg-libftrace-filter -c %s -o %t.o 2>&1 | FileCheck --check-prefix=EMPTY %s
// EMPTY: error: ftrace: 'filter' needs a value: write filter=GLOB
// RUN: not %cc %plugin -fplugin-arg-libftrace-id=xyz -c %s -o %t.o 2>&1 | FileCheck --check-prefix=ID %s
// ID: error: ftrace: 'id' takes a hexadecimal number, not 'xyz'
// RUN: not %cc %plugin -fplugin-arg-libftrace-list=%t.none -c %s -o %t.o 2>&1 | FileCheck --check-prefix=LIST %s
// LIST: error: ftrace: list '{{.*}}.none' cannot be read
// RUN: printf 'filter=a\nfilter a\n' > %t.list
// RUN: not %cc %plugin -fplugin-arg-libftrace-list=%t.list -c %s -o %t.o 2>&1 | FileCheck --check-prefix=LINE %s
// LINE: error: ftrace: {{.*}}.list:2: 'filter a' is not a filter
// RUN: not ls %t.o
int Function(int x) { return x; }
