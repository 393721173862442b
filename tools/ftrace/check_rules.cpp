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
  if (!IsPatchable(traits, pad.address)) return false;
  // In an object the section's own alignment decides what becomes of an offset.
  if (!module.file.relocatable()) return true;
  const uint64_t alignment = module.file.sections()[pad.section].alignment;
  return alignment != 0 && alignment % traits.patch_unit == 0;
}

std::string TextFault(const Module& module, const ArchTraits& traits, const SiteRecord& record) {
  const uint32_t lead_size = ftrace_site_lead(record.facts);
  if (record.pad.address < traits.live_offset) return "the pad would begin before its section";
  const Bytes pad = TextAt(module, {record.pad.section, record.pad.address - traits.live_offset},
                           traits.pad_size);
  if (pad.empty()) return "the pad is not in executable text";
  if (!traits.is_pad(pad.data())) {
    return fmt::format("pad bytes {:02x} instead of {:02x}", fmt::join(pad, " "),
                       fmt::join(traits.pad_bytes, traits.pad_bytes + traits.pad_size, " "));
  }
  if (!Patchable(module, traits, record.pad)) {
    return fmt::format("the pad straddles {} bytes", traits.patch_unit);
  }
  if (!HasFunctionSymbol(ftrace_site_kind(record.facts))) return "";
  if (lead_size < traits.live_offset || record.pad.address < lead_size) {
    return "the function would begin before its section or behind its pad";
  }
  const uint32_t before = lead_size - traits.live_offset;
  const Bytes lead = TextAt(module, record.function(), before);
  if (lead.size() != before || !traits.is_lead(lead.data(), before, module.file.big_endian())) {
    return fmt::format("the {} bytes before the pad are no landing pad and filler", before);
  }
  return "";
}

bool LinkOrderIsRight(const Module& module, const SiteRecord& record) {
  return !module.file.relocatable() ||
         module.file.sections()[record.record_section].link == record.pad.section;
}

// Places that the dynamic loader writes to, of one relocation section. Packed ones: an address,
// then bitmaps that say which of the next words.
std::vector<uint64_t> UnpackRelr(const ElfFile& file, Bytes content) {
  const uint64_t word = file.elf_class() == ELFCLASS64 ? 8 : 4;
  std::vector<uint64_t> places;
  uint64_t next = 0;
  for (uint64_t at = 0; at + word <= content.size(); at += word) {
    const uint64_t entry = word == 8 ? file.Load64(content, at) : file.Load32(content, at);
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
  if (!IsKnownElf(module.file.machine(), module.file.elf_class())) {
    return fmt::format("ELF machine {} is not supported", module.file.machine());
  }
  const uint32_t isa = ftrace_site_isa(record.facts);
  const ArchTraits* traits = FindArchTraits(isa, module.file.machine(), module.file.elf_class());
  if (traits == nullptr) {
    return fmt::format("the record is of ISA {}, which a file of ELF machine {} has not", isa,
                       module.file.machine());
  }
  std::string fault = FactsFault(*traits, record.facts);
  if (fault.empty()) fault = TextFault(module, *traits, record);
  if (!fault.empty() || !HasFunctionSymbol(ftrace_site_kind(record.facts))) return fault;
  // A stripped library has only its exported symbols left.
  const bool all_symbols = module.file.has_full_symbols();
  if (all_symbols && module.functions.At(record.function()).empty()) {
    return fmt::format("no function symbol at {:#x}, {} bytes before the pad",
                       record.function().address, ftrace_site_lead(record.facts));
  }
  return "";
}

std::vector<std::string> CheckModule(const Module& module) {
  std::vector<std::string> faults = module.table.faults;
  for (const SiteRecord& record : module.table.records) {
    const std::string fault = SiteFault(module, record);
    if (!fault.empty()) faults.push_back(fmt::format("{}: {}", Where(module, record), fault));
  }
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
