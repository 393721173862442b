; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
;
; What C cannot say: a nested function's static chain, and the convention that LLVM gives to local
; functions. Through opt and llc, which load the plugin without Clang.
; RUN: %opt -load-pass-plugin=%loader -passes=ftrace-select %s -o %t.bc
; RUN: %llc -load=%loader -filetype=obj %t.bc -o %t.o
; RUN: %link %t.o -o %t && %check_sites %t | FileCheck %s
target triple = "x86_64-pc-linux-gnu"

; CHECK-DAG: pad Nested at={{[^ ]*}} lead=0 kind=0 stack=0 chain{{$}}
define i32 @Nested(i8* nest %chain, i32 %x) nounwind {
  ret i32 %x
}

; CHECK-DAG: pad Fast at={{[^ ]*}} lead=0 kind=0 stack=0 wide{{$}}
define internal fastcc i32 @Fast(i32 %x) nounwind noinline {
  ret i32 %x
}

; CHECK-DAG: bare Cold
define coldcc i32 @Cold(i32 %x) nounwind {
  ret i32 %x
}

; CHECK-DAG: pad Caller at={{[^ ]*}} lead=0 kind=0 stack=0 unwinds{{$}}
define i32 @Caller(i32 %x) {
  %y = call fastcc i32 @Fast(i32 %x)
  ret i32 %y
}

; CHECK-DAG: bare Haskell
define ghccc void @Haskell(i64 %x) nounwind {
  ret void
}

; CHECK-DAG: bare Forwards
define void @Forwards(i8* %this, ...) "thunk" {
  ret void
}
