// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The text that a compiler plugin puts into the assembler stream: pad, record, and once per object
// the module note with its constructor and destructor. Both plugins print exactly this.
#ifndef FTRACE_ARCH_ASSEMBLY_TEXT_H_
#define FTRACE_ARCH_ASSEMBLY_TEXT_H_

#include <string>

#include "arch/arch_traits.h"

namespace ftrace {

// The pad with `label` on its first byte.
std::string PadAssembly(const ArchTraits& traits, const std::string& label);

// The record of the pad at `label` in the current section, which `function` starts earlier. Both
// are assembler symbols, quoted where the assembler wants it. `facts` without width, isa and lead.
// `link_order`: any label of the current section. Assemblers make a section for each such label, so
// pads of one section should agree on one.
std::string RecordAssembly(const ArchTraits& traits, const std::string& label,
                           const std::string& link_order, const std::string& function,
                           uint32_t facts);

// The note, the empty record section that keeps its bounds defined, and the hooks that announce a
// module that comes or goes while the program runs. In a COMDAT group: every object may print it.
// `intel_syntax`: the stream around it is in Intel syntax (x86), which the hooks are not.
std::string ModuleAssembly(const ArchTraits& traits, bool intel_syntax);

}  // namespace ftrace

#endif  // FTRACE_ARCH_ASSEMBLY_TEXT_H_
