# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""damage.py WHAT FROM TO: copies a linked file and damages its first record or what it leads to.

WHAT: pad (last byte of the live instruction), front (the word before it), place (the record leads
elsewhere), width, isa, lead, gate (the note's).
"""
import os
import struct
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from elf_reader import Elf  # noqa: E402

what, source, target = sys.argv[1:]
elf = Elf(source)
content = bytearray(elf.data)
table = elf.named("__ftrace_sites")[0]
distance, facts = elf.unpack("iI", elf.content(table))


def file_offset(address):
    return next(s["offset"] + address - s["addr"] for s in elf.sections
                if s["flags"] & 2 and s["addr"] <= address < s["addr"] + s["size"])


def store(offset, value):
    struct.pack_into(elf.order + "I", content, offset, value & 0xffffffff)


live = file_offset(table["addr"] + distance)
if what == "pad":
    content[live + 3] ^= 0x80
elif what == "front":
    content[live - 1] ^= 0x80
elif what == "place":
    store(table["offset"], distance + 4)
elif what == "width":
    store(table["offset"] + 4, facts ^ 1)
elif what == "isa":
    store(table["offset"] + 4, facts ^ 0xf0)
elif what == "lead":
    store(table["offset"] + 4, facts + 0x100000)
elif what == "gate":
    address, _, descriptor = next(n for n in elf.notes(b"ftrace") if n[1] == 1)
    store(file_offset(address) + 12, elf.unpack("Iiii", descriptor)[3] + 0x10000)
else:
    sys.exit("damage.py: %s: unknown" % what)
with open(target, "wb") as file:
    file.write(content)
