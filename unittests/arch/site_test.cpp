// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/site.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace ftrace {
namespace {

struct Field {
  const char* name;
  unsigned shift;
  unsigned bits;
  uint32_t (*read)(uint32_t);
  uint32_t (*make)(uint32_t);
};

constexpr Field kFields[] = {
#define FTRACE_FIELD(name, shift, bits) \
  {#name, shift, bits, ftrace_site_##name, ftrace_site_make_##name},
    FTRACE_SITE_FIELDS(FTRACE_FIELD)
#undef FTRACE_FIELD
};

uint32_t Largest(const Field& field) { return (uint32_t{1} << field.bits) - 1; }

TEST(Site, EveryBitOfTheFactsBelongsToOneField) {
  uint32_t covered = 0;
  for (const Field& field : kFields) {
    const uint32_t mask = field.make(Largest(field));
    EXPECT_EQ(covered & mask, 0u) << field.name << " overlaps another field";
    covered |= mask;
  }
  EXPECT_EQ(covered, 0xffffffffu);
}

TEST(Site, EveryFieldReadsBackWhatWasMadeWhateverTheOthersHold) {
  for (const Field& field : kFields) {
    const uint32_t others = ~field.make(Largest(field));
    for (uint32_t value = 0; value <= Largest(field); ++value) {
      EXPECT_EQ(field.read(field.make(value)), value) << field.name;
      EXPECT_EQ(field.read(field.make(value) | others), value) << field.name;
    }
  }
}

TEST(Site, ValueThatIsTooLargeNeverReachesANeighbour) {
  for (const Field& field : kFields) {
    EXPECT_EQ(field.make(Largest(field) + 1), 0u) << field.name;
    EXPECT_EQ(field.make(0xffffffff), field.make(Largest(field))) << field.name;
  }
}

TEST(Site, LeadShiftOfAssemblyIsTheFieldsShift) {
  EXPECT_EQ(ftrace_site_make_lead(1), uint32_t{1} << FTRACE_SITE_LEAD_SHIFT);
}

TEST(Site, EnumeratorsFitTheirFields) {
  EXPECT_EQ(ftrace_site_isa(ftrace_site_make_isa(FTRACE_ISA_S390X)), uint32_t{FTRACE_ISA_S390X});
  EXPECT_EQ(ftrace_site_kind(ftrace_site_make_kind(FTRACE_KIND_STATIC_KEY)),
            uint32_t{FTRACE_KIND_STATIC_KEY});
  EXPECT_EQ(ftrace_site_stack_args(ftrace_site_make_stack_args(FTRACE_STACK_UNKNOWN)),
            uint32_t{FTRACE_STACK_UNKNOWN});
  EXPECT_EQ(ftrace_site_compiler(ftrace_site_make_compiler(FTRACE_COMPILER_GCC)),
            uint32_t{FTRACE_COMPILER_GCC});
}

TEST(Site, StackClassIsTheSmallestThatHoldsTheArguments) {
  const struct {
    uint64_t bytes;
    uint32_t expected;
  } cases[] = {
      {0, FTRACE_STACK_NONE},  {1, FTRACE_STACK_16},        {16, FTRACE_STACK_16},
      {17, FTRACE_STACK_64},   {64, FTRACE_STACK_64},       {65, FTRACE_STACK_256},
      {256, FTRACE_STACK_256}, {257, FTRACE_STACK_UNKNOWN}, {UINT64_MAX, FTRACE_STACK_UNKNOWN}};
  for (const auto& [bytes, expected] : cases) {
    EXPECT_EQ(ftrace_site_stack_class(bytes), expected) << bytes;
  }
}

TEST(Site, NoteConstantsAgreeWithEachOther) {
  EXPECT_EQ(std::strlen(FTRACE_NOTE_OWNER) + 1, size_t{FTRACE_NOTE_OWNER_SIZE});
  EXPECT_EQ(FTRACE_NOTE_GROUP, "__ftrace_note_" + std::to_string(FTRACE_ABI_VERSION));
}

}  // namespace
}  // namespace ftrace
