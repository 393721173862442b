// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/text_mismatch.h"

#include <cstdio>
#include <cstring>

#include "runtime/message.h"
#include "runtime/tracer_set.h"

namespace ftrace {
namespace {

void FormatBytes(const uint8_t* bytes, size_t size, char* out, size_t room) {
  out[0] = '\0';
  for (size_t i = 0; i < size; ++i) {
    const size_t used = strlen(out);
    snprintf(out + used, room - used, i == 0 ? "%02x" : " %02x", bytes[i]);
  }
}

}  // namespace

bool SiteName(const Module& module, size_t site, char* out, size_t size) {
  SymbolFile file;
  const char* path = module.main_program ? "/proc/self/exe" : module.path;
  if (file.Open(path, module.build_id) != nullptr) return false;
  FunctionSymbol symbol;
  for (size_t position = 0; file.Next(&position, &symbol);) {
    if (symbol.value + module.bias != module.Entry(site)) continue;
    snprintf(out, size, "%.*s", static_cast<int>(symbol.name_size), symbol.name);
    return true;
  }
  return false;
}

void ReportMismatch(const Module& module, size_t site) {
  const ArchTraits& traits = arch::Traits();
  const uint64_t pad = module.Pad(site);
  const SiteState* state = module.State(site);
  uint8_t expected[kMaxPadSize];
  uint8_t actual[kMaxPadSize];
  char expected_text[4 * kMaxPadSize];
  char actual_text[4 * kMaxPadSize];
  char name[256] = "?";
  memcpy(expected, traits.pad_bytes, traits.pad_size);
  memcpy(actual, reinterpret_cast<const void*>(pad), traits.pad_size);
  if (state != nullptr && state->stub != nullptr) {
    arch::PadBytes(pad, reinterpret_cast<uint64_t>(state->stub), expected);
  }
  FormatBytes(expected, traits.pad_size, expected_text, sizeof(expected_text));
  FormatBytes(actual, traits.pad_size, actual_text, sizeof(actual_text));
  SiteName(module, site, name, sizeof(name));
  const TracerSet* set = state != nullptr ? state->set.load(std::memory_order_relaxed) : nullptr;
  Message(
      "text mismatch (EINVAL) at %#lx, function %s of %s: expected %s, found %s; state %#x, %u "
      "tracers; somebody else changes the text, so tracing is off for good in this process",
      static_cast<unsigned long>(pad), name, module.path, expected_text, actual_text,
      state != nullptr ? state->flags : 0, set != nullptr ? set->count : 0);
}

}  // namespace ftrace
