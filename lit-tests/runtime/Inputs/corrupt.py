#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes a copy of a linked ELF64 file with one thing wrong in its sites.

usage: corrupt.py FILE COPY FAULT
  record-outside   the last record points 1 GiB behind its pad
  record-isa       the last record says another instruction set
  pad-straddles    the last record points to six bytes that cross an aligned word
  pad-byte         the last pad has another last byte, so it still is a no-op
  note-version     the note has a version of the future
  table-outside    the note points to a table behind the file
"""
import shutil
import struct
import sys


def sections(data):
    (offset,) = struct.unpack_from("<Q", data, 0x28)
    size, count, names = struct.unpack_from("<HHH", data, 0x3A)
    headers = [struct.unpack_from("<IIQQQQIIQQ", data, offset + i * size) for i in range(count)]
    strings = headers[names][4]
    for header in headers:
        end = data.index(b"\0", strings + header[0])
        yield bytes(data[strings + header[0]:end]).decode(), header


def main():
    source, copy, fault = sys.argv[1:]
    shutil.copyfile(source, copy)
    shutil.copymode(source, copy)
    data = bytearray(open(copy, "rb").read())
    table = {name: header for name, header in sections(data)}
    _, _, _, address, offset, size, *_ = table["__ftrace_sites"]
    note = table[".note.ftrace"][4] + 12 + 8  # the header and the padded owner
    last = offset + size - 8
    pad, facts = struct.unpack_from("<iI", data, last)
    text = table[".text"]
    pad_offset = address + size - 8 + pad - text[3] + text[4]
    if fault == "record-outside":
        struct.pack_into("<i", data, last, pad + (1 << 30))
    elif fault == "record-isa":
        struct.pack_into("<I", data, last + 4, facts ^ 0x30)
    elif fault == "pad-straddles":
        struct.pack_into("<i", data, last, pad + 4)
    elif fault == "pad-byte":
        assert data[pad_offset:pad_offset + 6] == bytes.fromhex("670f1f440000")
        data[pad_offset + 5] = 1
    elif fault == "note-version":
        struct.pack_into("<I", data, note, 77)
    elif fault == "table-outside":
        struct.pack_into("<i", data, note + 8, 1 << 30)
    else:
        sys.exit("corrupt.py: no such fault: " + fault)
    open(copy, "wb").write(data)


main()
