// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/initialize.h"

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <cstring>

#include "arch/target.h"
#include "runtime/environment.h"
#include "runtime/garbage.h"
#include "runtime/lock.h"
#include "runtime/message.h"
#include "runtime/module.h"
#include "runtime/module_scan.h"
#include "runtime/profile_tracer.h"
#include "runtime/system.h"
#include "runtime/thread_record.h"
#include "runtime/tracer.h"
#include "runtime/walk_site.h"

namespace ftrace {
namespace {

pthread_once_t once = PTHREAD_ONCE_INIT;
int membarrier_error;

void AddFound(const ModuleDescription& description, void* data) {
  const auto demangler = reinterpret_cast<Demangler>(data);
  const ApiLock lock;
  if (lock.nested()) return;
  int error = 0;
  Module* module = AddModule(description, &error);
  if (module != nullptr) {
    StartModule(module, demangler);
    ProfileModuleLoaded(module);
  } else if (error == -ENOMEM) {
    Message("%s: no memory for the functions of this file; they cannot be traced",
            description.path);
  }
}

void BeforeFork() { LockForFork(); }
void InParent() { UnlockAfterFork(); }
void InChild() {
  KeepOnlyThisThread();
  ForgetWalkers();
  ProfileForked();
  RegisterMembarrier();
  UnlockAfterFork();
}

void InitializeOnce() {
  arch::Initialize(&ftrace_thread_record);
  InitializeThreads();
  membarrier_error = RegisterMembarrier();
  pthread_atfork(BeforeFork, InParent, InChild);
  ScanModules(nullptr, AddFound, reinterpret_cast<void*>(FindDemangler()));
  StartFromEnvironment();
}

}  // namespace

void Initialize() { pthread_once(&once, InitializeOnce); }

int InitializationError() {
  if (membarrier_error == 0) return 0;
  Message(
      "the membarrier system call is denied (%s), without which text cannot be patched safely "
      "under running threads; allow it in the seccomp filter, or use Linux 4.16 or later",
      strerror(-membarrier_error));
  return -EPERM;
}

Demangler FindDemangler() {
  return reinterpret_cast<Demangler>(dlsym(RTLD_DEFAULT, "__cxa_demangle"));
}

}  // namespace ftrace

namespace {

// Before the constructors of the program, so that threads they make are covered by membarrier.
__attribute__((constructor(101))) void Construct() { ftrace::Initialize(); }

}  // namespace

extern "C" {

// The hooks that the plugins put into every module with sites. A module that was loaded before the
// runtime is found by its scan, and announced again here: harmless.
__attribute__((visibility("default"))) void __ftrace_module_init(const void* note) {
  ftrace::Initialize();
  ftrace::ScanModules(note, ftrace::AddFound, reinterpret_cast<void*>(ftrace::FindDemangler()));
}

// Before the module is unmapped; at exit too, where it does no harm.
__attribute__((visibility("default"))) void __ftrace_module_exit(const void* note) {
  ftrace::ForgetScannedNote(note);
  const ftrace::ApiLock lock;
  ftrace::Module* module = ftrace::FindModuleByNote(note);
  if (lock.nested() || module == nullptr || module->main_program) return;
  ftrace::GarbageList garbage;
  ftrace::ProfileModuleUnloaded(module);
  const bool unpublished = ftrace::StopModule(module, &garbage);
  ftrace::FreeLater(&garbage);
  // A walker may be reading the records, which are about to be unmapped. It never waits for the
  // lock, and a callback is not waited for: exit() must not hang on one that blocks.
  ftrace::WaitForWalkers();
  if (unpublished) ftrace::FreeModule(module);
}

// runtime_note.S
extern const char ftrace_runtime_note[];

// What `-Wl,-u,__ftrace_runtime` asks for: pulls in the archive, with the note that says so.
__attribute__((visibility("default"))) extern const char* const __ftrace_runtime;
const char* const __ftrace_runtime = ftrace_runtime_note;
}
