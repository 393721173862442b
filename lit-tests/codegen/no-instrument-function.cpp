// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// no_instrument_function keeps every kind of function out, also beside other annotations, and if
// only one of its declarations has it; a neighbour without it keeps its pad.
// RUN: for level in -O0 -O2; do \
// RUN:   %cxx %plugin $level -fPIC -c %s -o %t.o || exit 1; \
// RUN:   %link %t.o -o %t && %check_sites %t > %t.txt || exit 1; \
// RUN:   FileCheck %prefixes %s < %t.txt && FileCheck --check-prefix=NO %s < %t.txt || exit 1; \
// RUN: done

// NO-NOT: pad {{.*Hidden}}
#define NOTRACE __attribute__((no_instrument_function))
#define KEEP __attribute__((noinline, used))
int variable;

// CHECK-DAG: bare _Z9HiddenOnei
NOTRACE int HiddenOne(int x) { return x; }
// CHECK-DAG: pad _Z5Shownv
int Shown() { return 1; }

// CHECK-DAG: bare _Z12HiddenAmongsi
__attribute__((annotate("other"))) NOTRACE __attribute__((annotate("more"))) int HiddenAmongs(
    int x) {
  return x;
}
// CHECK-DAG: pad _Z14ShownAnnotatedi
__attribute__((annotate("other"))) int ShownAnnotated(int x) { return x; }

// CHECK-DAG: bare _Z10HiddenLatev
int HiddenLate();
int UseLate() { return HiddenLate(); }
NOTRACE int HiddenLate() { return variable; }

// CHECK-DAG: bare _Z15HiddenOnDeclarev
NOTRACE int HiddenOnDeclare();
int HiddenOnDeclare() { return 3; }

// CHECK-DAG: bare _Z14HiddenTemplateIiET_S0_
// CHECK-DAG: pad _Z13ShownTemplateIiET_S0_
template <class T>
NOTRACE KEEP T HiddenTemplate(T x) {
  return x;
}
template <class T>
KEEP T ShownTemplate(T x) {
  return x;
}
int UseTemplates(int x) { return HiddenTemplate(x) + ShownTemplate(x); }

// CHECK-DAG: bare _Z12HiddenInlinei
NOTRACE KEEP inline int HiddenInline(int x) { return x; }

struct Plain {
  Plain();
  ~Plain();
  NOTRACE Plain(int);
  NOTRACE KEEP int HiddenMethod() { return variable; }
  KEEP int ShownMethod() { return variable; }
  NOTRACE static int HiddenStatic();
  NOTRACE virtual int HiddenVirtual();
};
// CHECK-DAG: bare _ZN5Plain12HiddenMethodEv
// CHECK-DAG: pad _ZN5Plain11ShownMethodEv
// CHECK-DAG: bare _ZN5Plain12HiddenStaticEv
// CHECK-DAG: bare _ZN5Plain13HiddenVirtualEv
int Plain::HiddenStatic() { return 1; }
int Plain::HiddenVirtual() { return 2; }

// The aliases of a constructor are one function with its names.
// CHECK-DAG: pad _ZN5PlainC1Ev,_ZN5PlainC2Ev
// CHECK-DAG: bare _ZN5PlainC1Ei,_ZN5PlainC2Ei
// CHECK-DAG: bare _ZN5PlainD1Ev,_ZN5PlainD2Ev
int UsePlain() { return Plain().ShownMethod(); }
Plain::Plain() { variable = 1; }
Plain::Plain(int x) { variable = x; }
NOTRACE Plain::~Plain() { variable = 0; }

// CHECK-DAG: bare _ZN6HolderIiE12HiddenMemberEv
// CHECK-DAG: pad _ZN6HolderIiE11ShownMemberEv
// CHECK-DAG: bare {{.*}}_ZN6HolderIiEC2IlEET_
// CHECK-DAG: bare {{.*}}_ZN6HolderIiED2Ev
template <class T>
struct Holder {
  template <class U>
  NOTRACE __attribute__((noinline)) Holder(U) {
    variable = 1;
  }
  NOTRACE __attribute__((noinline)) ~Holder() { variable = 2; }
  NOTRACE KEEP T HiddenMember() { return 1; }
  KEEP T ShownMember() { return 2; }
};
int UseHolder() {
  Holder<int> holder(1L);
  return holder.HiddenMember() + holder.ShownMember();
}

// CHECK-DAG: bare _Z{{.*}}clEi
// CHECK-DAG: pad _Z{{.*}}clEl
auto hidden_lambda = [](int x) NOTRACE KEEP { return x + variable; };
int UseLambdas() {
  auto shown_lambda = [](long x) KEEP { return x + variable; };
  return hidden_lambda(1) + static_cast<int>(shown_lambda(2));
}

// CHECK-DAG: bare _ZZ8UseLocalvEN5Local6HiddenEv
int UseLocal() {
  struct Local {
    NOTRACE KEEP int Hidden() { return variable; }
  };
  return Local().Hidden();
}

// CHECK-DAG: bare _Z12HiddenFriendR10Befriended
struct Befriended {
  NOTRACE KEEP friend int HiddenFriend(Befriended&) { return 3; }
};
int UseFriend(Befriended& x) { return HiddenFriend(x); }

// CHECK-DAG: bare HiddenUnmangled
extern "C" NOTRACE int HiddenUnmangled(int x) { return x; }

// CHECK-DAG: bare HiddenRenamed
NOTRACE int Renamed(int x) __asm__("HiddenRenamed");
int Renamed(int x) { return x; }

// A generic lambda, and one in a template.
// CHECK-DAG: bare _Z{{.*}}9UseNested{{.*}}clIc{{.*}}
// CHECK-DAG: pad _Z{{.*}}9UseNested{{.*}}clIs{{.*}}
template <class T>
int UseNested(T x) {
  auto hidden_lambda = [](auto y) NOTRACE KEEP { return static_cast<int>(y) + variable; };
  auto shown_lambda = [](auto y) KEEP { return static_cast<int>(y) + variable; };
  return hidden_lambda('c') + shown_lambda(static_cast<short>(x));
}
template int UseNested(int);

// The attribute of a class template's member belongs to each instantiation.
// CHECK-DAG: bare _ZN7OutsideIlE11HiddenOuterEv
template <class T>
struct Outside {
  NOTRACE T HiddenOuter();
};
template <class T>
T Outside<T>::HiddenOuter() {
  return static_cast<T>(variable);
}
template struct Outside<long>;

#ifdef __clang__
#pragma clang attribute push(NOTRACE, apply_to = function)
// LLVM-DAG: bare _Z12HiddenPragmai
int HiddenPragma(int x) { return x; }
#pragma clang attribute pop
#endif
// CHECK-DAG: pad _Z11ShownPragmai
int ShownPragma(int x) { return x; }

#define ODDLY_SPELT __attribute__((__no_instrument_function__))
// CHECK-DAG: bare _Z11HiddenOddlyi
ODDLY_SPELT int HiddenOddly(int x) { return x; }
// CHECK-DAG: bare _Z14HiddenBracketsi
[[gnu::no_instrument_function]] int HiddenBrackets(int x) { return x; }
