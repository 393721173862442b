// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `ftrace check` has to say about a file that a test made.
#ifndef FTRACE_UNITTESTS_TOOLS_LOAD_H_
#define FTRACE_UNITTESTS_TOOLS_LOAD_H_

#include <string>
#include <utility>
#include <vector>

#include "tools/ftrace/module.h"
#include "unittests/tools/elf_image.h"

namespace ftrace::test {

inline Module Load(const MemoryFile& file) {
  std::vector<SkippedFile> skipped;
  Result<std::vector<Module>> modules = LoadModules(file.path(), &skipped);
  return std::move(modules->front());
}

// Whatever a file is accused of; a file that cannot be read has one fault.
inline std::vector<std::string> Check(const Image& image) {
  const MemoryFile file(image);
  std::vector<SkippedFile> skipped;
  const Result<std::vector<Module>> modules = LoadModules(file.path(), &skipped);
  if (!modules) return {modules.error()};
  std::vector<std::string> faults;
  for (const Module& module : *modules) {
    for (std::string& fault : CheckModule(module)) faults.push_back(std::move(fault));
  }
  return faults;
}

}  // namespace ftrace::test

#endif  // FTRACE_UNITTESTS_TOOLS_LOAD_H_
