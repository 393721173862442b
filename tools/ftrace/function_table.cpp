// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/function_table.h"

#include <elf.h>

#include <algorithm>
#include <tuple>

namespace ftrace {
namespace {

int BindingRank(uint8_t binding) {
  switch (binding) {
    case STB_GLOBAL:
    case STB_GNU_UNIQUE:
      return 0;
    case STB_WEAK:
      return 1;
    default:
      return 2;
  }
}

// `f.cold`, `f.cold.1`: a part of f that the compiler moved away, never called.
bool IsColdPart(std::string_view name) {
  constexpr std::string_view kCold = ".cold";
  const size_t at = name.rfind(kCold);
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view rest = name.substr(at + kCold.size());
  return rest.empty() ||
         (rest[0] == '.' && rest.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

bool IsPlt(const ElfFile& file, const ElfSymbol& symbol) {
  return symbol.section < file.sections().size() &&
         file.sections()[symbol.section].name.starts_with(".plt");
}

// What the plugins bring along and the runtime: never traced.
bool IsOurs(std::string_view name) { return name.starts_with("__ftrace_"); }

bool IsCountable(const Function& function) {
  return function.size != 0 && !IsColdPart(function.name) && !IsOurs(function.name);
}

}  // namespace

FunctionTable::FunctionTable(const ElfFile& file) {
  for (const ElfSymbol& symbol : file.symbols()) {
    if (symbol.type != STT_FUNC && symbol.type != STT_GNU_IFUNC) continue;
    if (symbol.section == SHN_UNDEF || symbol.section == kNoSection || symbol.name.empty())
      continue;
    if (IsPlt(file, symbol)) continue;
    const uint32_t section = file.relocatable() ? symbol.section : 0;
    const bool thumb = file.machine() == EM_ARM && (symbol.value & 1) != 0;
    functions_.push_back({{section, symbol.value - (thumb ? 1 : 0)},
                          symbol.size,
                          symbol.binding,
                          thumb,
                          symbol.name});
  }
  std::sort(functions_.begin(), functions_.end(), [](const Function& a, const Function& b) {
    return std::tuple(a.place, BindingRank(a.binding), a.name) <
           std::tuple(b.place, BindingRank(b.binding), b.name);
  });
  for (auto it = functions_.begin(); it != functions_.end();) {
    const std::span<const Function> names = At(it->place);
    if (std::any_of(names.begin(), names.end(), IsCountable)) ++count_;
    it += static_cast<std::ptrdiff_t>(names.size());
  }
}

std::span<const Function> FunctionTable::At(TextPlace place) const {
  const auto begin = std::lower_bound(
      functions_.begin(), functions_.end(), place,
      [](const Function& function, TextPlace key) { return function.place < key; });
  auto end = begin;
  while (end != functions_.end() && end->place == place) ++end;
  return {begin, end};
}

const Function* FunctionTable::Containing(TextPlace place) const {
  auto it = std::upper_bound(
      functions_.begin(), functions_.end(), place,
      [](TextPlace key, const Function& function) { return key < function.place; });
  if (it == functions_.begin()) return nullptr;
  --it;
  const std::span<const Function> names = At(it->place);
  const Function& function = names.front();
  if (function.place.section != place.section) return nullptr;
  return place.address - function.place.address < std::max<uint64_t>(function.size, 1) ? &function
                                                                                       : nullptr;
}

bool FunctionTable::IsCounted(TextPlace place) const {
  const std::span<const Function> names = At(place);
  return std::any_of(names.begin(), names.end(), IsCountable);
}

}  // namespace ftrace
