// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A library that only exists in memory: executable text with pads that can be called, records
// behind it, and a file with its symbols.
#ifndef FTRACE_UNITTESTS_RUNTIME_FAKE_MODULE_H_
#define FTRACE_UNITTESTS_RUNTIME_FAKE_MODULE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/module.h"
#include "unittests/runtime/elf_image.h"

// The runtime's hook for a library that is closed.
extern "C" void __ftrace_module_exit(const void* note);

namespace ftrace {

// Facts of an ordinary function of this machine.
uint32_t GoodFacts(uint32_t lead = 0);

// Text and records as the runtime finds them. Nothing is announced.
class FakeText {
 public:
  static constexpr size_t kStride = 64;  // bytes of a function: a pad, a return, filler

  // `near`: where the text shall lie; null: anywhere.
  explicit FakeText(size_t functions, void* near = nullptr);
  ~FakeText();
  FakeText(const FakeText&) = delete;
  FakeText& operator=(const FakeText&) = delete;

  uint64_t begin() const { return reinterpret_cast<uint64_t>(memory_); }
  arch::AddressRange range() const { return {begin(), begin() + text_size_}; }
  uint64_t Pad(size_t i) const { return begin() + i * kStride; }
  void Call(size_t i) const { reinterpret_cast<void (*)()>(Pad(i))(); }
  std::string Bytes() const;
  std::string PadBytes(size_t i) const { return Bytes().substr(i * kStride, PadSize()); }
  static size_t PadSize() { return arch::Traits().pad_size; }
  // Writes one byte of the text, as a debugger does.
  void Poke(size_t offset, uint8_t byte);
  // Replaces the records: what they point to, and their facts.
  void SetRecord(size_t i, uint64_t pad, uint32_t facts);
  ModuleDescription Describe(size_t records, const char* path) const;

 private:
  size_t text_size_;
  size_t size_;
  uint8_t* memory_;
};

// The same, added to the runtime as a loaded library is, and closed at the end.
class FakeModule {
 public:
  explicit FakeModule(std::vector<std::string> names);
  ~FakeModule();
  FakeModule(const FakeModule&) = delete;
  FakeModule& operator=(const FakeModule&) = delete;

  FakeText& text() { return text_; }
  size_t size() const { return names_.size(); }
  // Adds it, and starts in it what is registered. Once; the constructor does it.
  void Load();
  void Unload();
  Module* module() const { return FindModuleByNote(&text_); }
  // FTRACE_SITE_* of a site; 0 if it was never touched.
  uint32_t Flags(size_t i) const;
  // How many tracers want the site.
  uint32_t Tracers(size_t i) const;
  // The functions that are switched on now.
  std::vector<std::string> Enabled() const;

 private:
  std::vector<std::string> names_;
  FakeText text_;
  TemporaryFile file_;
};

}  // namespace ftrace

#endif  // FTRACE_UNITTESTS_RUNTIME_FAKE_MODULE_H_
