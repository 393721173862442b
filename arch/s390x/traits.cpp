// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "arch/s390x/traits.h"

namespace ftrace::s390x {

bool IsPad(const uint8_t* pad) { return SameBytes(pad, kTraits.pad_bytes, kPadSize); }

bool IsLead(const uint8_t* /*text*/, size_t size, bool /*big_endian*/) { return size == 0; }

}  // namespace ftrace::s390x
