; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
;
; No pad where scalable vector registers carry values, or where streaming mode or matrix state is
; shared with the caller; a function that only uses either inside is entered like any other.
; RUN: %opt -load-pass-plugin=%loader -passes=ftrace-select -S %s | %selected | FileCheck %s
target triple = "aarch64-unknown-linux-gnu"

; CHECK: bare scalable_argument{{$}}
define void @scalable_argument(i32 %x, <vscale x 4 x i32> %y) { ret void }
; CHECK: bare scalable_predicate{{$}}
define void @scalable_predicate(<vscale x 16 x i1> %x) { ret void }
; CHECK: bare scalable_result{{$}}
define <vscale x 2 x double> @scalable_result() { ret <vscale x 2 x double> zeroinitializer }
; CHECK: pad fixed_vectors{{$}}
define <4 x float> @fixed_vectors(<4 x float> %x, <2 x i64> %y) { ret <4 x float> %x }
; CHECK: pad plain{{$}}
define { i64, double } @plain({ i64, [2 x float] } %x, i128 %y, fp128 %z, half %h) {
  ret { i64, double } zeroinitializer
}
; CHECK: pad scalable_inside{{$}}
define void @scalable_inside() {
  %x = alloca <vscale x 4 x i32>
  ret void
}

; CHECK: bare streaming{{$}}
define void @streaming() "aarch64_pstate_sm_enabled" { ret void }
; CHECK: bare streaming_compatible{{$}}
define void @streaming_compatible() "aarch64_pstate_sm_compatible" { ret void }
; CHECK: pad streaming_inside{{$}}
define void @streaming_inside() "aarch64_pstate_sm_body" { ret void }
; CHECK: bare shared_za{{$}}
define void @shared_za() "aarch64_pstate_za_shared" { ret void }
; CHECK: bare in_za{{$}}
define void @in_za() "aarch64_in_za" { ret void }
; CHECK: bare out_za{{$}}
define void @out_za() "aarch64_out_za" { ret void }
; CHECK: bare inout_za{{$}}
define void @inout_za() "aarch64_inout_za" { ret void }
; CHECK: bare preserves_za{{$}}
define void @preserves_za() "aarch64_preserves_za" { ret void }
; CHECK: bare new_za{{$}}
define void @new_za() "aarch64_new_za" { ret void }
; CHECK: bare in_zt0{{$}}
define void @in_zt0() "aarch64_in_zt0" { ret void }
; CHECK: bare new_zt0{{$}}
define void @new_zt0() "aarch64_new_zt0" { ret void }
; CHECK: bare agnostic{{$}}
define void @agnostic() "aarch64_za_state_agnostic" { ret void }
