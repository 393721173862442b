// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ftrace/demangle.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>

#include "runtime/demangled_name.h"

namespace ftrace {
std::string SimpleName(std::string_view demangled) {
  const DemangledName parts = ParseDemangledName(demangled.data(), demangled.size());
  std::string name(demangled.substr(parts.begin, parts.end - parts.begin));
  // A clone is another function: keep what tells it from the original.
  const size_t clone = demangled.find(" [clone ", parts.parameters_end);
  if (clone != std::string_view::npos) name += demangled.substr(clone);
  return name;
}

std::string Demangle(std::string_view symbol, DemangleStyle style) {
  if (style == DemangleStyle::kNo || !symbol.starts_with("_Z")) return std::string(symbol);
  std::string name(symbol);
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> demangled(
      abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), &std::free);
  if (status != 0 || demangled == nullptr) return name;
  return style == DemangleStyle::kFull ? std::string(demangled.get()) : SimpleName(demangled.get());
}

bool GlobMatchesSymbol(const Glob& glob, std::string_view symbol) {
  if (glob.Matches(symbol.data(), symbol.size())) return true;
  if (!symbol.starts_with("_Z")) return false;
  const std::string full = Demangle(symbol, DemangleStyle::kFull);
  return GlobMatchesDemangled(glob, full.data(), full.size());
}

}  // namespace ftrace
