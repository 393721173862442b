// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "llvm-pass/symbol_names.h"

namespace ftrace {
namespace {

bool Consume(std::string_view* text, std::string_view prefix) {
  if (text->substr(0, prefix.size()) != prefix) return false;
  text->remove_prefix(prefix.size());
  return true;
}

// `[n]DIGITS_` of call offsets.
bool SkipNumber(std::string_view* name) {
  Consume(name, "n");
  const size_t end = name->find_first_not_of("0123456789");
  if (end == 0 || end == name->npos || (*name)[end] != '_') return false;
  name->remove_prefix(end + 1);
  return true;
}

bool SkipCallOffset(std::string_view* name) {
  if (Consume(name, "h")) return SkipNumber(name);
  return Consume(name, "v") && SkipNumber(name) && SkipNumber(name);
}

}  // namespace

bool IsThunkName(std::string_view symbol) {
  return Consume(&symbol, "_ZT") && !symbol.empty() &&
         std::string_view("hvcW").find(symbol[0]) != symbol.npos;
}

// <special-name> ::= T <call-offset> <encoding> | Tc <call-offset> <call-offset> <encoding>
std::string ThunkTarget(std::string_view symbol) {
  if (!Consume(&symbol, "_ZT")) return {};
  const bool covariant = Consume(&symbol, "c");
  if (!SkipCallOffset(&symbol) || (covariant && !SkipCallOffset(&symbol))) return {};
  return "_Z" + std::string(symbol);
}

std::vector<std::string> NamesOfSymbol(std::string symbol) {
  std::vector<std::string> names;
  for (size_t end = symbol.size(); end != symbol.npos && end > 0; end = symbol.rfind('.')) {
    symbol.resize(end);
    names.push_back(symbol);
  }
  return names;
}

}  // namespace ftrace
