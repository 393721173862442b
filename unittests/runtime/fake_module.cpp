// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "unittests/runtime/fake_module.h"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>

#include "runtime/include/ftrace/ftrace.h"
#include "runtime/lock.h"
#include "runtime/system.h"
#include "runtime/tracer.h"
#include "runtime/tracer_set.h"

namespace ftrace {
namespace {

constexpr uint8_t kReturn = 0xc3;
constexpr uint8_t kFiller = 0xcc;

std::string ImageOf(const std::vector<std::string>& names) {
  std::vector<ImageSymbol> symbols;
  symbols.reserve(names.size());
  for (size_t i = 0; i < names.size(); ++i) symbols.push_back({names[i], i * FakeText::kStride});
  return MakeElfImage(symbols, "");
}

}  // namespace

uint32_t GoodFacts(uint32_t lead) {
  return ftrace_site_make_isa(arch::Traits().isa) |
         ftrace_site_make_width(arch::Traits().pad_size) | ftrace_site_make_lead(lead);
}

FakeText::FakeText(size_t functions, void* near)
    : text_size_(PageCeil(functions * kStride)),
      size_(text_size_ + PageCeil(functions * sizeof(ftrace_site))) {
  void* memory = mmap(near, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  memory_ = static_cast<uint8_t*>(memory);
  std::memset(memory_, kFiller, text_size_);
  for (size_t i = 0; i < functions; ++i) {
    uint8_t* function = memory_ + i * kStride;
    std::memcpy(function, arch::Traits().pad_bytes, PadSize());
    function[PadSize()] = kReturn;
    SetRecord(i, Pad(i), GoodFacts());
  }
  if (mprotect(memory_, text_size_, PROT_READ | PROT_EXEC) != 0) std::abort();
}

FakeText::~FakeText() { munmap(memory_, size_); }

std::string FakeText::Bytes() const { return {reinterpret_cast<const char*>(memory_), text_size_}; }

void FakeText::Poke(size_t offset, uint8_t byte) {
  mprotect(memory_, text_size_, PROT_READ | PROT_WRITE | PROT_EXEC);
  *const_cast<volatile uint8_t*>(memory_ + offset) = byte;
  mprotect(memory_, text_size_, PROT_READ | PROT_EXEC);
}

void FakeText::SetRecord(size_t i, uint64_t pad, uint32_t facts) {
  auto* record = reinterpret_cast<ftrace_site*>(memory_ + text_size_) + i;
  record->pad = static_cast<int32_t>(pad - reinterpret_cast<uint64_t>(record));
  record->facts = facts;
}

ModuleDescription FakeText::Describe(size_t records, const char* path) const {
  ModuleDescription description = {};
  description.note = this;
  description.start = begin() + text_size_;
  description.stop = description.start + records * sizeof(ftrace_site);
  description.bias = begin();
  description.segments[0] = {range(), PROT_READ | PROT_EXEC};
  description.segment_count = 1;
  std::strncpy(description.path, path, sizeof(description.path) - 1);
  return description;
}

FakeModule::FakeModule(std::vector<std::string> names)
    : names_(std::move(names)), text_(names_.size()), file_(ImageOf(names_)) {
  Load();
}

FakeModule::~FakeModule() { Unload(); }

void FakeModule::Load() {
  const ApiLock lock;
  int error = 0;
  Module* module = AddModule(text_.Describe(names_.size(), file_.path()), &error);
  if (module == nullptr) std::abort();
  StartModule(module, nullptr);
}

void FakeModule::Unload() { __ftrace_module_exit(&text_); }

uint32_t FakeModule::Flags(size_t i) const {
  const SiteState* state = module()->State(i);
  return state != nullptr ? state->flags : 0;
}

uint32_t FakeModule::Tracers(size_t i) const {
  const SiteState* state = module()->State(i);
  const TracerSet* set = state != nullptr ? state->set.load(std::memory_order_acquire) : nullptr;
  return set != nullptr ? set->count : 0;
}

std::vector<std::string> FakeModule::Enabled() const {
  std::vector<std::string> enabled;
  for (size_t i = 0; i < names_.size(); ++i) {
    if ((Flags(i) & FTRACE_SITE_ENABLED) != 0) enabled.push_back(names_[i]);
  }
  return enabled;
}

}  // namespace ftrace
