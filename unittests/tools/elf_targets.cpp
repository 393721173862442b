// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The numbers repeat arch/ on purpose: they come from the manuals and the ELF supplements.
#include <elf.h>

#include "unittests/tools/elf_image.h"

namespace ftrace::test {
namespace {

constexpr uint8_t k32 = ELFCLASS32;

const std::vector<uint8_t> kMipsPad = {0, 0, 0, 0, 0, 0, 0, 0};
const std::vector<uint8_t> kAarch64Pad = {0xe9, 0x03, 0x1e, 0xaa, 0x1f, 0x20, 0x03, 0xd5};
const std::vector<uint8_t> kBtiC = {0x5f, 0x24, 0x03, 0xd5};

}  // namespace

const Target& X8664() {
  static const Target target = {.name = "x86_64",
                                .machine = EM_X86_64,
                                .isa = 1,
                                .pad = {0x67, 0x0f, 0x1f, 0x44, 0x00, 0x00},
                                .lead = {0xf3, 0x0f, 0x1e, 0xfa, 0x0f, 0x1f, 0x40, 0x00},
                                .relocations = {2}};
  return target;
}

const std::vector<Target>& AllTargets() {
  static const std::vector<Target> targets = {
      X8664(),
      {.name = "i386",
       .machine = EM_386,
       .elf_class = k32,
       .isa = 2,
       .pad = {0x65, 0x65, 0x8d, 0x74, 0x26, 0x00},
       .lead = {0xf3, 0x0f, 0x1e, 0xfb, 0x8d, 0x74, 0x26, 0x00},
       .relocations = {2},
       .has_addends = false},
      {.name = "aarch64",
       .machine = EM_AARCH64,
       .isa = 3,
       .pad = kAarch64Pad,
       .live_offset = 4,
       .lead = kBtiC,
       .relocations = {261}},
      // Instructions are little-endian, the rest is not.
      {.name = "aarch64_be",
       .machine = EM_AARCH64,
       .big_endian = true,
       .isa = 3,
       .pad = kAarch64Pad,
       .live_offset = 4,
       .lead = kBtiC,
       .relocations = {261}},
      {.name = "arm",
       .machine = EM_ARM,
       .elf_class = k32,
       .isa = 4,
       .pad = {0x00, 0xf0, 0x20, 0xe3},
       .relocations = {3},
       .has_addends = false},
      {.name = "armv5",
       .machine = EM_ARM,
       .elf_class = k32,
       .isa = 4,
       .pad = {0x00, 0x00, 0xa0, 0xe1},
       .relocations = {3},
       .has_addends = false},
      {.name = "thumb2",
       .machine = EM_ARM,
       .elf_class = k32,
       .isa = 5,
       .pad = {0xaf, 0xf3, 0x00, 0x80},
       .relocations = {3},
       .has_addends = false,
       .thumb = true},
      {.name = "mips",
       .machine = EM_MIPS,
       .elf_class = k32,
       .big_endian = true,
       .isa = 6,
       .pad = kMipsPad,
       .lead = {0x3c, 0x02, 0x00, 0x01, 0x24, 0x42, 0x80, 0x10},
       .relocations = {248},
       .has_addends = false},
      {.name = "mipsel",
       .machine = EM_MIPS,
       .elf_class = k32,
       .isa = 6,
       .pad = kMipsPad,
       .lead = {0x01, 0x00, 0x02, 0x3c, 0x10, 0x80, 0x42, 0x24},
       .relocations = {248},
       .has_addends = false},
      {.name = "mips64",
       .machine = EM_MIPS,
       .big_endian = true,
       .isa = 7,
       .pad = kMipsPad,
       .relocations = {248}},
      {.name = "mips64el", .machine = EM_MIPS, .isa = 7, .pad = kMipsPad, .relocations = {248}},
      {.name = "riscv64",
       .machine = EM_RISCV,
       .isa = 8,
       .pad = {0x97, 0x02, 0x00, 0x00, 0x13, 0x00, 0x00, 0x00},
       .live_offset = 4,
       .relocations = {35, 39},
       .gate = true},
      {.name = "ppc64le",
       .machine = EM_PPC64,
       .isa = 9,
       .pad = {0x00, 0x00, 0x00, 0x60},
       .lead = {0x02, 0x00, 0x4c, 0x3c, 0x00, 0x7e, 0x42, 0x38},
       .relocations = {26}},
      {.name = "s390x",
       .machine = EM_S390,
       .big_endian = true,
       .isa = 10,
       .pad = {0xc0, 0x04, 0x00, 0x00, 0x00, 0x00},
       .relocations = {5}},
  };
  return targets;
}

}  // namespace ftrace::test
