// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The site records of an ELF file. Of a linked file, through the note that the runtime uses too; of
// a relocatable file, through the relocations of the record sections. Content is not trusted.
#ifndef FTRACE_TOOLS_FTRACE_SITE_TABLE_H_
#define FTRACE_TOOLS_FTRACE_SITE_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tools/ftrace/elf_file.h"
#include "tools/ftrace/function_table.h"

namespace ftrace {

struct SiteRecord {
  uint64_t address;  // of the record; in a relocatable file the offset in its section
  uint32_t record_section;
  TextPlace pad;  // its live instruction
  uint32_t facts;

  TextPlace function() const;
};

struct SiteTable {
  std::vector<SiteRecord> records;  // as in the file
  // What is wrong with the table as a whole. Records that can be read are there all the same.
  std::vector<std::string> faults;
  bool has_note = false;
  bool has_section = false;
  uint64_t start = 0;  // linked files
  uint64_t stop = 0;
  uint64_t gate = 0;  // 0: the note names none
};

SiteTable ReadSiteTable(const ElfFile& file);

}  // namespace ftrace

#endif  // FTRACE_TOOLS_FTRACE_SITE_TABLE_H_
