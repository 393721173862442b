// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The function symbols of an ELF file of this machine's class, mapped read-only: .symtab, or
// .dynsym in a stripped file. The content is not trusted; whatever lies outside is passed over.
#ifndef FTRACE_RUNTIME_SYMBOL_FILE_H_
#define FTRACE_RUNTIME_SYMBOL_FILE_H_

#include <cstddef>
#include <cstdint>

namespace ftrace {

struct Bytes {
  const uint8_t* data = nullptr;
  size_t size = 0;
};

struct FunctionSymbol {
  uint64_t value;  // as linked; add the load bias
  const char* name;
  size_t name_size;
};

class SymbolFile {
 public:
  SymbolFile() = default;
  ~SymbolFile();
  SymbolFile(const SymbolFile&) = delete;
  SymbolFile& operator=(const SymbolFile&) = delete;

  // Null, or why there are no symbols. `build_id` is that of the loaded module, which the file must
  // have too; empty: unknown.
  const char* Open(const char* path, Bytes build_id);

  // The next function symbol, from *position on, which starts at 0. False: no more.
  bool Next(size_t* position, FunctionSymbol* symbol) const;

 private:
  const char* ReadSections(Bytes build_id);
  Bytes Section(uint64_t offset, uint64_t size) const;

  Bytes file_;
  Bytes symbols_;
  Bytes strings_;
};

// The descriptor of the GNU build-id among ELF notes; empty if there is none.
Bytes FindBuildId(Bytes notes);

struct Note {
  uint32_t type;
  Bytes owner;  // with its terminating zero
  Bytes descriptor;
};

// The note at *position, which moves on. False at the end or where the notes are malformed.
bool NextNote(Bytes notes, size_t* position, Note* note);

}  // namespace ftrace

#endif  // FTRACE_RUNTIME_SYMBOL_FILE_H_
