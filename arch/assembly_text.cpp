// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/assembly_text.h"

#include "arch/aarch64/assembly.h"
#include "arch/arm/assembly.h"
#include "arch/i386/assembly.h"
#include "arch/mips/assembly.h"
#include "arch/ppc64le/assembly.h"
#include "arch/riscv/assembly.h"
#include "arch/s390x/assembly.h"
#include "arch/x86_64/assembly.h"

namespace ftrace {
namespace {

constexpr const ArchAssembly* kAll[] = {
    &x86_64::kAssembly,    &i386::kAssembly,   &aarch64::kAssembly, &arm::kA32Assembly,
    &arm::kThumb2Assembly, &mips::k32Assembly, &mips::k64Assembly,  &riscv::kAssembly,
    &ppc64le::kAssembly,   &s390x::kAssembly,
};

const ArchAssembly& AssemblyOf(const ArchTraits& traits) {
  const ArchAssembly* const* entry = kAll;
  while ((*entry)->isa != traits.isa) ++entry;
  return **entry;
}

// `text` with each {name} replaced.
std::string Replace(std::string text, const std::string& name, const std::string& value) {
  const std::string pattern = "{" + name + "}";
  for (size_t at = 0; (at = text.find(pattern, at)) != text.npos; at += value.size()) {
    text.replace(at, pattern.size(), value);
  }
  return text;
}

// A function of the group that hands the note to `callee` if a runtime defines it, and a pointer to
// the function in `array`, with the priority that makes it run first or last in its module.
std::string HookAssembly(const ArchTraits& traits, const std::string& function,
                         const std::string& callee, const std::string& array) {
  std::string body = Replace(AssemblyOf(traits).hook, "callee", callee);
  body = Replace(Replace(body, "function", function), "group", FTRACE_NOTE_GROUP);
  const bool wide = traits.elf_class == kElfClass64;
  return "\t.weak " + callee + "\n" + "\t.pushsection .text." + function +
         ",\"axG\",%progbits," FTRACE_NOTE_GROUP ",comdat\n" + "\t.p2align 4\n" + "\t.type " +
         function + ", %function\n" + function + ":\n" + body + "\t.size " + function + ", .-" +
         function + "\n" + "\t.popsection\n" + "\t.pushsection ." + array + ".00001,\"awG\",%" +
         array + "," FTRACE_NOTE_GROUP ",comdat\n" +
         (wide ? "\t.p2align 3\n\t.quad " : "\t.p2align 2\n\t.long ") + function + "\n" +
         "\t.popsection\n";
}

std::string NoteAssembly(const ArchAssembly& assembly) {
  return "\t.pushsection " FTRACE_NOTE_SECTION ",\"aGR\",%note," FTRACE_NOTE_GROUP
         ",comdat\n"
         "\t.p2align 2\n"
         ".Lftrace_note:\n"
         "\t.long " +
         std::to_string(FTRACE_NOTE_OWNER_SIZE) + ", " + std::to_string(FTRACE_NOTE_SITES_SIZE) +
         ", " + std::to_string(FTRACE_NOTE_SITES) +
         "\n"
         "\t.asciz \"" FTRACE_NOTE_OWNER
         "\"\n"
         "\t.p2align 2\n"
         "\t.long " +
         std::to_string(FTRACE_ABI_VERSION) +
         "\n"
         "\t.hidden __start_" FTRACE_SITE_SECTION
         "\n"
         "\t.hidden __stop_" FTRACE_SITE_SECTION
         "\n"
         "\t.weak __start_" FTRACE_SITE_SECTION
         "\n"
         "\t.weak __stop_" FTRACE_SITE_SECTION
         "\n"
         "\t.long __start_" FTRACE_SITE_SECTION
         "-.\n"
         "\t.long __stop_" FTRACE_SITE_SECTION
         "-.\n"
         "\t.long " +
         assembly.note_gate +
         "\n"
         "\t.popsection\n"
         // Empty and retained: without it GNU ld -z start-stop-gc leaves the bounds undefined when
         // every function with a pad has been collected.
         "\t.pushsection " FTRACE_SITE_SECTION ",\"aGR\",%progbits," FTRACE_NOTE_GROUP
         ",comdat\n"
         "\t.popsection\n";
}

}  // namespace

// Pad and record: llvm-pass/pad_streamer.cpp puts the same of x86 into object files, as bytes.
std::string PadAssembly(const ArchTraits& traits, const std::string& label) {
  const ArchAssembly& assembly = AssemblyOf(traits);
  return assembly.head + label + ":\n" + assembly.live;
}

std::string RecordAssembly(const ArchTraits& traits, const std::string& label,
                           const std::string& link_order, const std::string& function,
                           uint32_t facts) {
  // `o` links the record to the section of the pad, so that the linker drops both or none; `?`
  // puts it into that section's group. No group name, whose place differs between assemblers.
  return "\t.pushsection " FTRACE_SITE_SECTION ",\"ao?\",%progbits," + link_order + "\n" +
         "\t.p2align 2\n" + "\t.long " + label + "-.\n" + "\t.long ((" + label + "-" + function +
         ")<<" + std::to_string(FTRACE_SITE_LEAD_SHIFT) + ")+" +
         std::to_string(SiteFacts(traits, facts)) + "\n" + "\t.popsection\n";
}

std::string ModuleAssembly(const ArchTraits& traits, bool intel_syntax) {
  const ArchAssembly& assembly = AssemblyOf(traits);
  const std::string text =
      NoteAssembly(assembly) + Replace(assembly.gate, "group", FTRACE_NOTE_GROUP);
  const std::string hooks =
      HookAssembly(traits, "__ftrace_module_ctor", "__ftrace_module_init", "init_array") +
      HookAssembly(traits, "__ftrace_module_dtor", "__ftrace_module_exit", "fini_array");
  if (!intel_syntax) return text + hooks;
  return text + "\t.att_syntax\n" + hooks + "\t.intel_syntax noprefix\n";
}

}  // namespace ftrace
