// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What GCC makes of a function by leaving out parameters or splitting off its rare end is called, and
// has a pad; the cold part of a function, which is jumped to, has none. An alias is another name of
// the same pad, also where GCC folds functions that are the same.
// RUN: %cc %plugin -O3 -c %s -o %t.o && %link %t.o -o %t && %check_sites %t > %t.txt
// RUN: FileCheck %s < %t.txt
// RUN: FileCheck --check-prefix=NO %s < %t.txt
// NO-NOT: pad {{[^ ]*}}.cold
int External(int);
void Report(const char*) __attribute__((cold));
volatile int variable;

// CHECK-DAG: pad Constant.constprop.0 at={{.*}} kind=0
static __attribute__((noinline)) int Constant(int x, int y) { return External(x) * y; }
int UseConstant(int x) { return Constant(x, 7) + Constant(x + 1, 7); }

// CHECK-DAG: pad Unused.isra.0 at={{.*}} kind=0
static __attribute__((noinline)) int Unused(const int* x) { return External(*x) + 1; }
int UseUnused(int x) { return Unused(&x); }

// CHECK-DAG: pad Split.part.0 at={{.*}} kind=0
// CHECK-DAG: pad Split at={{.*}} kind=0
int Split(int x) {
  if (x < 0) return 0;
  variable += External(x) * variable;
  variable += External(x + 1) * variable;
  variable += External(x + 2) * variable;
  variable += External(x + 3) * variable;
  variable += External(x + 4) * variable;
  return External(x);
}
int UseSplit(int x) { return Split(x) + Split(x + 1) + Split(x + 2); }

// CHECK-DAG: pad Rare at={{.*}} kind=0
// CHECK-DAG: bare Rare.cold
int Rare(int x) {
  if (x == 77) {
    Report("one");
    Report("two");
    return External(External(variable));
  }
  return x;
}

// CHECK-DAG: pad Alias,Original at={{.*}} kind=0
int Original(int x) { return External(x) - 4; }
int Alias(int) __attribute__((alias("Original")));

// CHECK-DAG: pad {{Same,Twin|Same.localalias,Twin}} at={{.*}} kind=0
static __attribute__((noinline)) int Same(int x) { return External(x) * 99 + 5; }
static __attribute__((noinline)) int Twin(int x) { return External(x) * 99 + 5; }
int UseSame(int x) { return Same(x) + Twin(x + 1); }
