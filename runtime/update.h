// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One change of the program's text: the difference between what a tracer matched and what it shall
// match, applied as a whole. Either everything is prepared and verified and then stored, or nothing
// is. The steps are those of section 3 of the semantics: plan, prepare, verify, store, retire.
#ifndef FTRACE_RUNTIME_UPDATE_H_
#define FTRACE_RUNTIME_UPDATE_H_

#include <cstdint>

#include "runtime/garbage.h"
#include "runtime/module.h"
#include "runtime/site_filter.h"
#include "runtime/tracer_set.h"

namespace ftrace {

class Update {
 public:
  // Under the lock, for all of its life.
  Update();
  ~Update();
  Update(const Update&) = delete;
  Update& operator=(const Update&) = delete;

  // Plans for the sites of `module`: those in `add` and not in `drop` get the member, those in
  // `drop` and not in `add` lose it. Null: none. Returns 0 or -ENOMEM.
  int Plan(Module* module, const SetMember& member, const SiteBits* drop, const SiteBits* add);
  // Plans to make every pad of the module the compiler's again.
  int PlanReset(Module* module);

  // Prepares, verifies and stores. On return every later call sees the new sets. 0; -ENOMEM or
  // -EPERM: unchanged; -ENODEV: a mismatch was found, patching is dead.
  int Apply();

  // After Apply(): what became unused. The caller decides when it is freed.
  GarbageList* garbage() { return &garbage_; }

 private:
  struct Change {
    Module* module;
    SiteState* state;
    TracerSet* set;
    uint8_t* stub;
    uint32_t site;
    bool skip;  // somebody's breakpoint stands on the pad: tried again by the next update
  };

  int AddChange(Module* module, size_t site, TracerSet* set);
  int PlanShadowed();
  int Prepare();
  int Verify();
  int VerifyPad(Change* change);
  int MakeTextWritable();
  void RestoreProtection();
  void Store();
  void Commit();

  Vector<Change> changes_;
  GarbageList garbage_;
};

// A text mismatch was found: everything stays as it is, nothing is patched again.
bool IsDead();

// How many sites are shadowed now. Under the lock.
size_t ShadowedSites();
// The module goes: its shadowed sites are not tried again.
void ForgetShadowedSites(const Module& module);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_UPDATE_H_
