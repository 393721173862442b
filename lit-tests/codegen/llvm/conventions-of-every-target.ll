; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
;
; A pad needs a caller that relies on what C promises and on no more. Which conventions that are
; depends on the target: what is C on one is nothing on another.
; RUN: for target in x86_64 i386 arm thumb aarch64 mips riscv64 powerpc64le s390x; do \
; RUN:   sed "s/TARGET/$target-unknown-linux-gnu/" %s > %t.ll || exit 1; \
; RUN:   %opt -load-pass-plugin=%loader -passes=ftrace-select -S %t.ll | %selected > %t.txt || exit 1; \
; RUN:   FileCheck --check-prefixes=CHECK,$target %s < %t.txt || exit 1; \
; RUN: done
target triple = "TARGET"

; CHECK: pad c{{$}}
define void @c() { ret void }
; CHECK: pad fast{{$}}
define internal fastcc void @fast() { ret void }
; On x86_64 its callee keeps all vector registers: more than a stub does.
; CHECK: bare cold{{$}}
define coldcc void @cold() { ret void }
; CHECK: bare ghc{{$}}
define ghccc void @ghc() { ret void }
; CHECK: bare anyreg{{$}}
define anyregcc void @anyreg() { ret void }
; CHECK: bare preserve_most{{$}}
define preserve_mostcc void @preserve_most() { ret void }
; CHECK: bare preserve_all{{$}}
define preserve_allcc void @preserve_all() { ret void }
; CHECK: bare swift{{$}}
define swiftcc void @swift() { ret void }
; CHECK: bare fast_tls{{$}}
define cxx_fast_tlscc void @fast_tls() { ret void }
; CHECK: bare tail{{$}}
define tailcc void @tail() { ret void }
; CHECK: bare swift_tail{{$}}
define swifttailcc void @swift_tail() { ret void }
; Had no name in the first majors.
; CHECK: bare preserve_none{{$}}
define cc 21 void @preserve_none() { ret void }

; x86_64: bare std_call{{$}}
; i386: pad std_call{{$}}
; arm: bare std_call{{$}}
; thumb: bare std_call{{$}}
; aarch64: bare std_call{{$}}
; mips: bare std_call{{$}}
; riscv64: bare std_call{{$}}
; powerpc64le: bare std_call{{$}}
; s390x: bare std_call{{$}}
define x86_stdcallcc void @std_call() { ret void }
; x86_64: bare fast_call{{$}}
; i386: pad fast_call{{$}}
define x86_fastcallcc void @fast_call() { ret void }
; x86_64: bare this_call{{$}}
; i386: pad this_call{{$}}
define x86_thiscallcc void @this_call() { ret void }
; x86_64: pad sys_v{{$}}
; i386: bare sys_v{{$}}
define x86_64_sysvcc void @sys_v() { ret void }
; CHECK: bare win64{{$}}
define win64cc void @win64() { ret void }
; CHECK: bare vector_call{{$}}
define x86_vectorcallcc void @vector_call() { ret void }
; CHECK: bare reg_call{{$}}
define x86_regcallcc void @reg_call() { ret void }

; arm: pad apcs{{$}}
; thumb: pad apcs{{$}}
; aarch64: bare apcs{{$}}
; x86_64: bare apcs{{$}}
define arm_apcscc void @apcs() { ret void }
; arm: pad aapcs{{$}}
; thumb: pad aapcs{{$}}
; aarch64: bare aapcs{{$}}
define arm_aapcscc void @aapcs() { ret void }
; arm: pad aapcs_vfp{{$}}
; thumb: pad aapcs_vfp{{$}}
; mips: bare aapcs_vfp{{$}}
define arm_aapcs_vfpcc void @aapcs_vfp() { ret void }
; CHECK: bare vector_pcs{{$}}
define aarch64_vector_pcs void @vector_pcs() { ret void }

; CHECK: bare no_caller_saved{{$}}
define void @no_caller_saved() "no_caller_saved_registers" { ret void }
; CHECK: bare no_callee_saved{{$}}
define void @no_callee_saved() "no_callee_saved_registers" { ret void }
; CHECK: bare forwards_unknown{{$}}
define void @forwards_unknown() "thunk" { ret void }
; CHECK: bare handler{{$}}
define void @handler() "interrupt"="IRQ" { ret void }
; CHECK: bare naked{{$}}
define void @naked() naked { unreachable }
; CHECK: bare no_profile{{$}}
define void @no_profile() noprofile { ret void }
; CHECK: bare __ftrace_own{{$}}
define void @__ftrace_own() { ret void }
; CHECK: bare body_of_another_object{{$}}
define available_externally void @body_of_another_object() { ret void }
; The name that hot-cold splitting gives to what it takes out of a function.
; CHECK: bare split.cold.1{{$}}
define void @split.cold.1() cold { ret void }
; CHECK: pad user.cold.1{{$}}
define void @user.cold.1() { ret void }
; CHECK: pad discarded_copy{{$}}
define linkonce_odr void @discarded_copy() { ret void }
