// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a record promises and how it is verified, without running anything.
#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "arch/arch_traits.h"
#include "arch/site.h"
#include "tools/ftrace/demangle.h"
#include "tools/ftrace/module.h"

namespace ftrace {
namespace {

// Android and current linkers pack relative relocations; older <elf.h> do not know the type.
constexpr uint32_t kShtRelr = 19;

bool HasFunctionSymbol(uint32_t kind) {
  return kind == FTRACE_KIND_ENTRY || kind == FTRACE_KIND_ENTRY_THUNK;
}

std::string FactsFault(const ArchTraits& traits, uint32_t facts) {
  if (ftrace_site_width(facts) != traits.pad_size) {
    return fmt::format("the record says {} bytes, a pad of {} has {}", ftrace_site_width(facts),
                       traits.name, traits.pad_size);
  }
  if (ftrace_site_kind(facts) > FTRACE_KIND_STATIC_KEY) {
    return fmt::format("unknown kind {}", ftrace_site_kind(facts));
  }
  if (ftrace_site_stack_args(facts) > FTRACE_STACK_UNKNOWN) {
    return fmt::format("unknown class of stack arguments {}", ftrace_site_stack_args(facts));
  }
  if (ftrace_site_reserved(facts) != 0) {
    return fmt::format("reserved bits are {:#x}", ftrace_site_reserved(facts));
  }
  return "";
}

// The bytes at a place of the text; empty if they are not in the file or not executable.
Bytes TextAt(const Module& module, TextPlace place, uint64_t size) {
  const ElfFile& file = module.file;
  if (!file.relocatable()) {
    return file.IsExecutable(place.address, size) ? file.Read(place.address, size) : Bytes();
  }
  if (place.section >= file.sections().size()) return {};
  if ((file.sections()[place.section].flags & SHF_EXECINSTR) == 0) return {};
  const Result<Bytes> content = file.SectionData(place.section);
  if (!content || place.address > content->size() || size > content->size() - place.address) {
    return {};
  }
  return content->subspan(place.address, size);
}

bool Patchable(const Module& module, const ArchTraits& traits, TextPlace pad) {
  if (!module.file.relocatable()) return IsPatchable(traits, pad.address);
  // In an object the section's own alignment decides what becomes of an offset, and where linkers
  // shorten code nothing is decided.
  const uint64_t alignment = module.file.sections()[pad.section].alignment;
  if (alignment == 0 || alignment % traits.patch_unit != 0) return false;
  return traits.relaxable || IsPatchable(traits, pad.address);
}

// What lies between the function's symbol and the pad.
std::string LeadFault(const Module& module, const ArchTraits& traits, const SiteRecord& record) {
  const uint32_t lead = ftrace_site_lead(record.facts);
  if (lead < traits.live_offset) {
    return fmt::format(
        "the record says {} bytes from the function to the live instruction, {} "
        "belong to the pad",
        lead, traits.live_offset);
  }
  if (record.pad.address < lead) return "the function would begin before its section";
  const uint32_t size = lead - traits.live_offset;
  const Bytes text = TextAt(module, record.function(), size);
  if (text.size() != size) {
    return fmt::format("the {} bytes before the pad are not in executable text", size);
  }
  if (traits.is_lead(text.data(), size, module.file.big_endian())) return "";
  return fmt::format("the {} bytes before the pad are not what a compiler puts there: {:02x}", size,
                     fmt::join(text, " "));
}

// Whether the constant part of a pad leads to the module's gate, where there is one.
std::string GateFault(const Module& module, const ArchTraits& traits, TextPlace pad, Bytes text) {
  if (module.file.relocatable()) return "";  // the linker fills the pad in
  const uint64_t gate = module.table.gate;
  if (traits.reaches_gate == nullptr || traits.reaches_gate(text.data(), pad.address, gate)) {
    return "";
  }
  return fmt::format("the pad does not lead to the gate at {:#x}", gate);
}

std::string TextFault(const Module& module, const ArchTraits& traits, const SiteRecord& record) {
  if (record.pad.address < traits.live_offset) return "the pad is not in executable text";
  const TextPlace pad = {record.pad.section, record.pad.address - traits.live_offset};
  const Bytes text = TextAt(module, pad, traits.pad_size);
  if (text.empty()) return "the pad is not in executable text";
  if (!traits.is_pad(text.data())) {
    return fmt::format("pad bytes {:02x} instead of {:02x}", fmt::join(text, " "),
                       fmt::join(traits.pad_bytes, traits.pad_bytes + traits.pad_size, " "));
  }
  if (!Patchable(module, traits, record.pad)) {
    return fmt::format("the pad straddles {} bytes", traits.patch_unit);
  }
  std::string fault = GateFault(module, traits, pad, text);
  if (!fault.empty() || !HasFunctionSymbol(ftrace_site_kind(record.facts))) return fault;
  return LeadFault(module, traits, record);
}

std::string SymbolFault(const Module& module, const SiteRecord& record) {
  const std::span<const Function> names = module.functions.At(record.function());
  if (names.empty()) {
    // A stripped library has only its exported symbols left.
    if (!module.file.has_full_symbols()) return "";
    return fmt::format("no function symbol at {:#x}, {} bytes before the pad",
                       record.function().address, ftrace_site_lead(record.facts));
  }
  const bool thumb = ftrace_site_isa(record.facts) == FTRACE_ISA_ARM_THUMB2;
  if (names.front().thumb == thumb) return "";
  return fmt::format("the record is of {} code, the function of {}", thumb ? "Thumb-2" : "A32",
                     thumb ? "A32" : "Thumb-2");
}

bool LinkOrderIsRight(const Module& module, const SiteRecord& record) {
  return !module.file.relocatable() ||
         module.file.sections()[record.record_section].link == record.pad.section;
}

// Places that the dynamic loader writes to, of one relocation section. Packed ones: an address,
// then bitmaps that say which of the next words.
std::vector<uint64_t> UnpackRelr(const ElfFile& file, Bytes content) {
  const uint64_t word = file.word_size();
  std::vector<uint64_t> places;
  uint64_t next = 0;
  for (uint64_t at = 0; at + word <= content.size(); at += word) {
    const uint64_t entry = file.LoadWord(content, at);
    if ((entry & 1) == 0) {
      places.push_back(entry);
      next = entry + word;
      continue;
    }
    for (uint64_t bit = 1; bit < word * 8; ++bit) {
      if ((entry >> bit & 1) != 0) places.push_back(next + (bit - 1) * word);
    }
    next += (word * 8 - 1) * word;
  }
  return places;
}

void CheckDynamicRelocations(const Module& module, std::vector<std::string>* faults) {
  const ElfFile& file = module.file;
  if (file.relocatable() || module.table.stop <= module.table.start) return;
  size_t inside = 0;
  const auto count = [&](uint64_t place) {
    if (place >= module.table.start && place < module.table.stop) ++inside;
  };
  for (size_t i = 1; i < file.sections().size(); ++i) {
    const ElfSection& section = file.sections()[i];
    if ((section.flags & SHF_ALLOC) == 0) continue;
    if (section.type == SHT_RELA || section.type == SHT_REL) {
      const Result<std::vector<ElfRelocation>> relocations = file.Relocations(i);
      if (!relocations) {
        faults->push_back(relocations.error());
        continue;
      }
      for (const ElfRelocation& relocation : *relocations) count(relocation.offset);
    } else if (section.type == kShtRelr) {
      const Result<Bytes> content = file.SectionData(i);
      if (!content) continue;
      for (const uint64_t place : UnpackRelr(file, *content)) count(place);
    }
  }
  if (inside != 0) {
    faults->push_back(fmt::format("table: {} dynamic relocations in " FTRACE_SITE_SECTION, inside));
  }
}

// A linked module names its gate if its pads need one, else none.
void CheckGate(const Module& module, std::vector<std::string>* faults) {
  if (module.file.relocatable()) return;
  const ArchTraits* traits = nullptr;  // of any record that fits the file
  for (const SiteRecord& record : module.table.records) {
    traits = FindArchTraits(ftrace_site_isa(record.facts), module.file.machine(),
                            module.file.elf_class());
    if (traits != nullptr) break;
  }
  if (traits == nullptr) return;
  const uint64_t gate = module.table.gate;
  if (traits->reaches_gate == nullptr) {
    if (gate != 0) faults->push_back(fmt::format("note: a gate, but {} has none", traits->name));
  } else if (TextAt(module, {0, gate}, 1).empty()) {
    faults->push_back(fmt::format("note: the gate at {:#x} is not in executable text", gate));
  }
}

std::string Where(const Module& module, const SiteRecord& record) {
  const std::string_view name = module.FunctionName(record);
  if (!name.empty()) return Demangle(name, DemangleStyle::kSimple);
  return fmt::format("record at {:#x}", record.address);
}

void CheckDuplicates(const Module& module, std::vector<std::string>* faults) {
  std::vector<const SiteRecord*> sorted;
  for (const SiteRecord& record : module.table.records) sorted.push_back(&record);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const SiteRecord* a, const SiteRecord* b) { return a->pad < b->pad; });
  for (size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i]->pad != sorted[i - 1]->pad) continue;
    faults->push_back(fmt::format("{}: a second record for the pad at {:#x}",
                                  Where(module, *sorted[i]), sorted[i]->pad.address));
  }
}

}  // namespace

std::string SiteFault(const Module& module, const SiteRecord& record) {
  const ElfFile& file = module.file;
  if (!IsKnownElf(file.machine(), file.elf_class())) {
    return fmt::format("ELF machine {} is not supported", file.machine());
  }
  const uint32_t isa = ftrace_site_isa(record.facts);
  const ArchTraits* traits = FindArchTraits(isa, file.machine(), file.elf_class());
  if (traits == nullptr) {
    return fmt::format("the record is of ISA {}, the file of ELF machine {}", isa, file.machine());
  }
  std::string fault = FactsFault(*traits, record.facts);
  if (fault.empty()) fault = TextFault(module, *traits, record);
  if (!fault.empty() || !HasFunctionSymbol(ftrace_site_kind(record.facts))) return fault;
  return SymbolFault(module, record);
}

std::vector<std::string> CheckModule(const Module& module) {
  std::vector<std::string> faults = module.table.faults;
  for (const SiteRecord& record : module.table.records) {
    const std::string fault = SiteFault(module, record);
    if (!fault.empty()) faults.push_back(fmt::format("{}: {}", Where(module, record), fault));
  }
  CheckGate(module, &faults);
  CheckDuplicates(module, &faults);
  CheckDynamicRelocations(module, &faults);
  return faults;
}

std::vector<std::string> ModuleNotes(const Module& module) {
  std::vector<std::string> notes;
  const std::vector<SiteRecord>& records = module.table.records;
  if (!records.empty() && !module.file.has_full_symbols()) {
    notes.push_back("no .symtab: whether every pad belongs to a function was not checked");
  }
  // `ld -r` merges the record sections of several text sections.
  const auto astray = std::count_if(records.begin(), records.end(), [&](const SiteRecord& record) {
    return !LinkOrderIsRight(module, record);
  });
  if (astray != 0) {
    notes.push_back(
        fmt::format("{} records are not linked to the section of their pad: "
                    "--gc-sections may drop them though the function lives",
                    astray));
  }
  const bool sorted =
      std::is_sorted(records.begin(), records.end(),
                     [](const SiteRecord& a, const SiteRecord& b) { return a.pad < b.pad; });
  if (!module.file.relocatable() && !sorted) {
    notes.push_back("the records are not in address order: the runtime sorts them at load");
  }
  return notes;
}

}  // namespace ftrace
