// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/site_table.h"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "arch/arch_traits.h"
#include "arch/site.h"

namespace ftrace {
namespace {

constexpr uint64_t kFactsOffset = offsetof(ftrace_site, facts);

std::string SectionFault(uint32_t index, const std::string& what) {
  return fmt::format(FTRACE_SITE_SECTION " (section {}): {}", index, what);
}

// ---- Linked files ----------------------------------------------------------------------------

uint64_t Relative(const ElfFile& file, const ElfNote& note, size_t field) {
  return file.AddressAt(note.address + field, file.Load32(note.descriptor, field));
}

// Reads the version and, of a linked file, the bounds of the table.
bool ReadNote(const ElfFile& file, const ElfNote& note, SiteTable* table) {
  table->has_note = true;
  if (note.descriptor.size() != FTRACE_NOTE_SITES_SIZE) {
    table->faults.push_back(fmt::format("note: {} bytes instead of {}", note.descriptor.size(),
                                        FTRACE_NOTE_SITES_SIZE));
    return false;
  }
  const uint32_t version = file.Load32(note.descriptor, offsetof(ftrace_note_sites, version));
  if (version != FTRACE_ABI_VERSION) {
    table->faults.push_back(
        fmt::format("note: unknown version {}, this ftrace knows {}: use the ftrace that belongs "
                    "to the plugin it was compiled with",
                    version, FTRACE_ABI_VERSION));
    return false;
  }
  table->start = Relative(file, note, offsetof(ftrace_note_sites, start));
  table->stop = Relative(file, note, offsetof(ftrace_note_sites, stop));
  if (file.Load32(note.descriptor, offsetof(ftrace_note_sites, gate)) != 0) {
    table->gate = Relative(file, note, offsetof(ftrace_note_sites, gate));
  }
  return true;
}

void ReadLinkedRecords(const ElfFile& file, SiteTable* table) {
  if (table->stop < table->start) {
    table->faults.push_back(fmt::format("note: the table ends at {:#x} before it begins at {:#x}",
                                        table->stop, table->start));
    return;
  }
  const uint64_t size = table->stop - table->start;
  if (size % FTRACE_SITE_SIZE != 0) {
    table->faults.push_back(
        fmt::format("table: {:#x} bytes are no multiple of {}", size, FTRACE_SITE_SIZE));
  }
  const Bytes content = file.Read(table->start, size);
  if (content.size() != size) {
    table->faults.push_back(
        fmt::format("note: the table {:#x}-{:#x} is not in the file", table->start, table->stop));
    return;
  }
  for (uint64_t at = 0; at + FTRACE_SITE_SIZE <= size; at += FTRACE_SITE_SIZE) {
    const uint64_t address = table->start + at;
    table->records.push_back({address,
                              0,
                              {0, file.AddressAt(address, file.Load32(content, at))},
                              file.Load32(content, at + kFactsOffset)});
  }
}

void CompareWithSection(const ElfSection& section, SiteTable* table) {
  table->has_section = section.size != 0;
  if (section.size == 0) return;
  if (!table->has_note) {
    table->faults.push_back("no note leads to " FTRACE_SITE_SECTION
                            ": the linker dropped it, link with the flags of ftrace-config");
  } else if (table->faults.empty() &&
             (table->start != section.address || table->stop != section.address + section.size)) {
    table->faults.push_back(
        fmt::format("note: the table {:#x}-{:#x} is not the section {:#x}-{:#x}", table->start,
                    table->stop, section.address, section.address + section.size));
  }
}

void ReadLinked(const ElfFile& file, const std::vector<ElfNote>& notes, SiteTable* table) {
  size_t count = 0;
  bool good = true;
  bool same = true;
  for (const ElfNote& note : notes) {
    if (note.type != FTRACE_NOTE_SITES) continue;
    const uint64_t start = table->start;
    const uint64_t stop = table->stop;
    good = ReadNote(file, note, table) && good;
    same = same && (count == 0 || (start == table->start && stop == table->stop));
    ++count;
  }
  // Linkers do not merge the notes of the objects that they make in link-time optimisation.
  if (good && !same) {
    table->faults.push_back(fmt::format("{} site notes with different tables", count));
    good = false;
  }
  if (count != 0 && good) ReadLinkedRecords(file, table);
  const ElfSection* section = file.FindSection(FTRACE_SITE_SECTION);
  if (section != nullptr) CompareWithSection(*section, table);
}

// ---- Relocatable files -----------------------------------------------------------------------

// The relocations of one record section, by offset.
using RelocationMap = std::unordered_multimap<uint64_t, ElfRelocation>;

// The place that a relocation of the record at `at` refers to.
std::string Resolve(const ElfFile& file, const ElfRelocation& relocation, Bytes content,
                    uint64_t at, TextPlace* place) {
  if (relocation.symbol >= file.symbols().size()) return "relocation against an unknown symbol";
  const ElfSymbol& symbol = file.symbols()[relocation.symbol];
  if (symbol.section == SHN_UNDEF || symbol.section == kNoSection) {
    return fmt::format("relocation against {}, which is not defined here", symbol.name);
  }
  const uint64_t addend = relocation.has_addend ? static_cast<uint64_t>(relocation.addend) : 0;
  const uint64_t value = symbol.value + addend;
  *place = {symbol.section,
            relocation.has_addend ? value : file.AddressAt(value, file.Load32(content, at))};
  return "";
}

// Turns the relocated first word of a record into the place of its pad.
std::string ResolvePad(const ElfFile& file, const RelocationMap& relocations, TextPlace record,
                       Bytes content, TextPlace* pad) {
  const uint64_t at = record.address;
  const uint32_t isa = ftrace_site_isa(file.Load32(content, at + kFactsOffset));
  const ArchTraits* traits = FindArchTraits(isa, file.machine(), file.elf_class());
  if (traits == nullptr) {
    return fmt::format("ISA {} in a file of ELF machine {}", isa, file.machine());
  }
  bool found = false;
  bool subtracted = traits->elf_record_relocation_2 == 0;
  const auto [begin, end] = relocations.equal_range(at);
  for (auto it = begin; it != end; ++it) {
    const ElfRelocation& relocation = it->second;
    const bool second = !subtracted && relocation.type == traits->elf_record_relocation_2;
    if (!second && found) return "one relocation too many";
    if (!second && relocation.type != traits->elf_record_relocation) {
      return fmt::format("relocation of type {} instead of {}", relocation.type,
                         traits->elf_record_relocation);
    }
    TextPlace place;
    std::string fault = Resolve(file, relocation, content, at, &place);
    if (!fault.empty()) return fault;
    if (second && place != record) return "the place subtracted is not that of the record";
    if (!second) *pad = place;
    (second ? subtracted : found) = true;
  }
  return found && subtracted ? "" : "no relocation leads to a pad";
}

void ReadRecordSection(const ElfFile& file, uint32_t index, const RelocationMap& relocations,
                       SiteTable* table) {
  const ElfSection& section = file.sections()[index];
  const Result<Bytes> content = file.SectionData(index);
  if (!content) {
    table->faults.push_back(content.error());
    return;
  }
  if (content->size() % FTRACE_SITE_SIZE != 0) {
    table->faults.push_back(SectionFault(index, fmt::format("{:#x} bytes are no multiple of {}",
                                                            content->size(), FTRACE_SITE_SIZE)));
  }
  if ((section.flags & SHF_LINK_ORDER) == 0) {
    table->faults.push_back(
        SectionFault(index, "no SHF_LINK_ORDER, the linker would drop records of live functions"));
  }
  for (uint64_t at = 0; at + FTRACE_SITE_SIZE <= content->size(); at += FTRACE_SITE_SIZE) {
    TextPlace pad;
    std::string fault = ResolvePad(file, relocations, {index, at}, *content, &pad);
    if (fault.empty() && relocations.contains(at + kFactsOffset)) {
      fault = "a relocation changes the facts";
    }
    if (!fault.empty()) {
      table->faults.push_back(SectionFault(index, fmt::format("record at {:#x}: {}", at, fault)));
      continue;
    }
    table->records.push_back({at, index, pad, file.Load32(*content, at + kFactsOffset)});
  }
}

void ReadRelocatable(const ElfFile& file, const std::vector<ElfNote>& notes, SiteTable* table) {
  for (const ElfNote& note : notes) {
    if (note.type == FTRACE_NOTE_SITES && !ReadNote(file, note, table)) return;
  }
  const std::vector<ElfSection>& sections = file.sections();
  std::unordered_map<uint32_t, RelocationMap> relocations;  // by record section
  for (size_t i = 1; i < sections.size(); ++i) {
    if (sections[i].type != SHT_RELA && sections[i].type != SHT_REL) continue;
    if (sections[i].info >= sections.size()) continue;
    if (sections[sections[i].info].name != FTRACE_SITE_SECTION) continue;
    if (sections[i].link != file.symbol_section()) {
      table->faults.push_back(SectionFault(sections[i].info, "relocations without symbol table"));
      continue;
    }
    const Result<std::vector<ElfRelocation>> list = file.Relocations(i);
    if (!list) {
      table->faults.push_back(list.error());
      continue;
    }
    for (const ElfRelocation& relocation : *list) {
      relocations[sections[i].info].emplace(relocation.offset, relocation);
    }
  }
  for (uint32_t i = 1; i < sections.size(); ++i) {
    if (sections[i].name != FTRACE_SITE_SECTION || sections[i].size == 0) continue;
    table->has_section = true;
    ReadRecordSection(file, i, relocations[i], table);
  }
  if (table->has_section && !table->has_note) {
    table->faults.push_back("no note: the runtime would not find the records");
  }
}

}  // namespace

TextPlace SiteRecord::function() const {
  return {pad.section, pad.address - ftrace_site_lead(facts)};
}

SiteTable ReadSiteTable(const ElfFile& file) {
  SiteTable table;
  const Result<std::vector<ElfNote>> notes = file.Notes(FTRACE_NOTE_OWNER);
  if (!notes) {
    table.faults.push_back(notes.error());
    return table;
  }
  if (file.relocatable()) {
    ReadRelocatable(file, *notes, &table);
  } else {
    ReadLinked(file, *notes, &table);
  }
  return table;
}

}  // namespace ftrace
