// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What GCC makes of a function is entered by calls and has a pad of its own, that goes by the name in
// the source; a cold part is jumped to and has none; an alias is one more name of one pad. Of functions
// with identical bodies local ones become one, and global ones, whose addresses differ, stay two.
// RUN: for flags in "" -ffunction-sections "-fPIC -fcf-protection"; do \
// RUN:   %cc %plugin -O2 -fipa-cp-clone -freorder-blocks-and-partition $flags -c %s -o %t.o || exit 1; \
// RUN:   %link %t.o -o %t && %check_sites %t > %t.txt && FileCheck %s < %t.txt || { echo "with $flags"; exit 1; }; \
// RUN:   FileCheck --check-prefix=NO %s < %t.txt || exit 1; \
// RUN:   llvm-readelf -SsW %t.o | FileCheck --check-prefix=SECTIONS %s || exit 1; \
// RUN: done
// CHECK-DAG: pad Hot at=
// CHECK-DAG: bare Hot.cold
// CHECK-DAG: pad Constant.constprop.{{[0-9]+}} at=
// CHECK-DAG: pad Reduced.isra.{{[0-9]+}} at=
// CHECK-DAG: pad Split.part.{{[0-9]+}} at=
// CHECK-DAG: pad Cold at=
// CHECK-DAG: pad Alias,Aliased at=
// CHECK-DAG: pad {{SameLocal,TwinLocal|TwinLocal,SameLocal}} at=
// CHECK-DAG: pad SameGlobal at=
// CHECK-DAG: pad TwinGlobal at=
// CHECK-DAG: pad Cloned.{{avx2|avx2.0}} at=
// CHECK-DAG: pad Cloned.{{default|default.1}} at=
// CHECK-DAG: bare Cloned{{$|,}}
// NO-NOT: pad {{.*\.cold}}
// NO-NOT: pad Cloned.resolver
// A function that is cold altogether has its pad where it is.
// SECTIONS-DAG: .text.unlikely
//
// RUN: %cc %plugin -O2 -fipa-cp-clone -fplugin-arg-libftrace-filter=Constant -fplugin-arg-libftrace-filter=Split -c %s -o %t.o
// RUN: %link %t.o -o %t && %check_sites %t > %t.txt && FileCheck --check-prefix=FILTER %s < %t.txt
// FILTER-DAG: pad Constant.constprop
// FILTER-DAG: pad Split.part
// FILTER-DAG: bare Hot
// FILTER-NOT: {{^}}pad {{[^CS]}}
// RUN: %cc %plugin -O2 -fipa-cp-clone -fplugin-arg-libftrace-notrace=Constant \
// RUN:   -fplugin-arg-libftrace-notrace=Split -fplugin-arg-libftrace-notrace=Cloned -c %s -o %t.o
// RUN: %link %t.o -o %t && %check_sites %t > %t.txt && FileCheck --check-prefix=NOTRACE %s < %t.txt
// NOTRACE-NOT: pad {{Constant|Split|Cloned}}
// NOTRACE-DAG: pad Hot
// NOTRACE-DAG: bare Constant.constprop
// NOTRACE-DAG: bare Split.part
// NOTRACE-NOT: pad {{Constant|Split|Cloned}}
int External(int);
void Fail(const char*) __attribute__((cold));
struct Pair {
  int first, second;
};
int variable;

int Hot(int x) {
  if (__builtin_expect(x < 0, 0)) {
    Fail("negative");
    Fail("still");
    return External(x) + External(-x);
  }
  return x + variable;
}
__attribute__((cold)) int Cold(int x) { return External(x) + 1; }

__attribute__((noinline)) static int Constant(int x, int limit) {
  int sum = 0;
  for (int i = 0; i < limit; ++i) sum += External(x + i);
  return sum;
}
int UseConstant(int x) { return Constant(x, 7) + Constant(x + 1, 7); }

__attribute__((noinline)) static int Reduced(struct Pair* pair) { return External(pair->second); }
int UseReduced(struct Pair* pair) { return Reduced(pair) + Reduced(pair); }

static int Split(int* at) {
  if (at == 0) return 0;
  int sum = 0;
  for (int i = 0; i < *at; ++i) sum += External(i) * External(sum);
  for (int i = 0; i < *at; ++i) sum -= External(i) * External(sum) + External(i + 1);
  return sum;
}
int UseSplit(int* a) { return Split(a) + Split(a + 1) + Split(a + 2); }

int Aliased(int x) { return External(x) - 7; }
int Alias(int) __attribute__((alias("Aliased")));

int SameGlobal(int x) { return External(x) * External(x + 3) * 11; }
int TwinGlobal(int x) { return External(x) * External(x + 3) * 11; }
__attribute__((noinline)) static int SameLocal(int x) { return External(x) * External(x + 5) * 13; }
__attribute__((noinline)) static int TwinLocal(int x) { return External(x) * External(x + 5) * 13; }
int UseLocals(int x) { return SameLocal(x) + TwinLocal(x + 1); }

__attribute__((target_clones("avx2", "default"))) int Cloned(int x) { return External(x) ^ 5; }
