# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Verifies every site record of a linked x86_64 ELF file and prints what it says.

An independent reader: it shares no code with the plugin, the runtime or `ftrace check`; the numbers
below repeat the format's definition on purpose, so that a change of either shows.

One line a record, in table order, then one a function that has none:

  pad NAME[,ALIAS...] at=ADDRESS lead=N kind=N stack=N [flag...]
  bare NAME[,ALIAS...]

A fault is a line on stderr, and exit status 1. --count prints the number of records only. --lto
accepts several notes that say the same: lld does not merge the groups of objects it makes itself.
"""
import struct
import sys

SITES, NOTES = "__ftrace_sites", ".note.ftrace"
PAD = bytes.fromhex("670f1f440000")
ENDBR64 = bytes.fromhex("f30f1efa")
FILLERS = [bytes.fromhex(b) for b in ("0f1f4000", "90909090", "66906690", "8d742600")]
FLAGS = [(14, "variadic"), (15, "vector"), (24, "unwinds"), (25, "wide"), (26, "chain"),
         (27, "gcc"), (28, "entry-only")]
SHT_SYMTAB, SHT_RELA, SHT_DYNSYM, SHT_REL = 2, 4, 11, 9
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
PT_NOTE = 4


class Elf:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        ident = self.data[:20]
        if ident[:6] != b"\x7fELF\x02\x01" or struct.unpack_from("<H", ident, 18)[0] != 62:
            raise SystemExit("check_sites: %s is not a little-endian x86_64 ELF file" % path)
        phoff, shoff = struct.unpack_from("<QQ", self.data, 32)
        phentsize, phnum, shentsize, shnum, shstrndx = struct.unpack_from("<5H", self.data, 54)
        keys = ("name", "type", "flags", "addr", "offset", "size", "link", "info", "align", "ent")
        self.sections = [dict(zip(keys, struct.unpack_from("<IIQQQQIIQQ", self.data,
                                                           shoff + i * shentsize)))
                         for i in range(shnum)]
        names = self.sections[shstrndx]
        for section in self.sections:
            section["name"] = self.string(names, section["name"])
        keys = ("type", "flags", "offset", "vaddr", "paddr", "filesz", "memsz", "align")
        self.segments = [dict(zip(keys, struct.unpack_from("<IIQQQQQQ", self.data,
                                                           phoff + i * phentsize)))
                         for i in range(phnum)]

    def string(self, table, offset):
        begin = table["offset"] + offset
        return self.data[begin:self.data.index(b"\0", begin)].decode("utf-8", "backslashreplace")

    def named(self, name):
        return [s for s in self.sections if s["name"] == name]

    def bytes_at(self, address, size):
        for section in self.sections:
            inside = section["addr"] <= address and address + size <= section["addr"] + section[
                "size"]
            if section["flags"] & SHF_ALLOC and inside and section["type"] != 8:
                begin = section["offset"] + address - section["addr"]
                return self.data[begin:begin + size]
        return b""

    def is_code(self, address):
        return any(s["flags"] & SHF_EXECINSTR and s["addr"] <= address < s["addr"] + s["size"]
                   for s in self.sections)

    def functions(self):
        """Names of the defined functions, by address."""
        result = {}
        for section in self.sections:
            if section["type"] != SHT_SYMTAB:
                continue
            strings = self.sections[section["link"]]
            for at in range(section["offset"], section["offset"] + section["size"], 24):
                name, info, _, index, value, _ = struct.unpack_from("<IBBHQQ", self.data, at)
                if info & 15 in (2, 10) and index != 0:
                    result.setdefault(value, set()).add(self.string(strings, name))
        return result

    def dynamic_relocations(self):
        """Addresses that the dynamic linker changes."""
        for section in self.sections:
            if section["type"] in (SHT_RELA, SHT_REL) and section["flags"] & SHF_ALLOC:
                step = 24 if section["type"] == SHT_RELA else 16
                for at in range(section["offset"], section["offset"] + section["size"], step):
                    yield struct.unpack_from("<Q", self.data, at)[0]

    def notes(self):
        """(address of the descriptor, type, descriptor) of each note of ours, as a loader finds
        them."""
        for segment in self.segments:
            if segment["type"] != PT_NOTE:
                continue
            at, end = segment["offset"], segment["offset"] + segment["filesz"]
            step = 8 if segment["align"] == 8 else 4
            while at + 12 <= end:
                namesz, descsz, kind = struct.unpack_from("<III", self.data, at)
                desc = at + 12 + (namesz + step - 1) // step * step
                if self.data[at + 12:at + 12 + namesz] == b"ftrace\0":
                    address = segment["vaddr"] + desc - segment["offset"]
                    yield address, kind, self.data[desc:desc + descsz]
                at = desc + (descsz + step - 1) // step * step


class Checker:
    def __init__(self, path):
        self.elf, self.path, self.faults = Elf(path), path, 0
        self.several_notes = False

    def fault(self, text):
        self.faults += 1
        print("check_sites: %s: %s" % (self.path, text), file=sys.stderr)

    def table(self):
        """Address and bytes of the record table."""
        sections = self.elf.named(SITES)
        if not sections:  # GNU ld drops the section when nothing is left in it
            return None, b""
        if len(sections) != 1:
            self.fault("%d sections %s, not one" % (len(sections), SITES))
        section = sections[0]
        if section["flags"] & (SHF_WRITE | SHF_ALLOC) != SHF_ALLOC:
            self.fault("%s is not read-only data" % SITES)
        if section["size"] % 8:
            self.fault("%s is not a multiple of 8 bytes" % SITES)
        begin, end = section["addr"], section["addr"] + section["size"]
        for address in self.elf.dynamic_relocations():
            if begin <= address < end:
                self.fault("dynamic relocation in %s at %#x" % (SITES, address))
        data = self.elf.data[section["offset"]:section["offset"] + section["size"]]
        return begin, data

    def check_note(self, begin, end):
        notes = [n for n in self.elf.notes() if n[1] == 1]
        if len(notes) != 1 and not (notes and self.several_notes):
            self.fault("%d notes, not one" % len(notes))
        for address, _, desc in notes:
            self.check_bounds(address, desc, begin, end)

    def check_bounds(self, address, desc, begin, end):
        if len(desc) != 16:
            self.fault("note of %d bytes, not 16" % len(desc))
            return
        version, start, stop, gate = struct.unpack("<Iiii", desc)
        if version != 1 or gate != 0:
            self.fault("note has version %d, gate %d" % (version, gate))
        start, stop = address + 4 + start, address + 8 + stop
        if begin is None and start == stop:
            return
        if (start, stop) != (begin, end):
            self.fault("note says %#x..%#x, table is %s..%s" % (start, stop, begin, end))

    def check_record(self, address, record, functions):
        """Returns the function's address."""
        offset, facts = struct.unpack("<iI", record)
        pad, lead = address + offset, facts >> 16 & 255
        where = "record at %#x: " % address
        if facts & 15 != len(PAD) or facts >> 4 & 15 != 1 or facts >> 29:
            self.fault(where + "width, ISA or reserved bits in %#x" % facts)
        if pad % 8:
            self.fault(where + "pad at %#x is not 8-aligned" % pad)
        if not self.elf.is_code(pad) or self.elf.bytes_at(pad, len(PAD)) != PAD:
            self.fault(where + "no pad at %#x" % pad)
        before = self.elf.bytes_at(pad - lead, lead)
        if lead and (before[:4] != ENDBR64 or before[4:] not in FILLERS):
            self.fault(where + "%s before the pad" % before.hex())
        if pad - lead not in functions:
            self.fault(where + "no function at %#x" % (pad - lead))
        names = ",".join(sorted(functions.get(pad - lead, ["?"])))
        flags = "".join(" " + name for bit, name in FLAGS if facts >> bit & 1)
        print("pad %s at=%#x lead=%d kind=%d stack=%d%s" %
              (names, pad, lead, facts >> 8 & 7, facts >> 11 & 7, flags))
        return pad - lead

    def run(self, count_only):
        begin, data = self.table()
        self.check_note(begin, None if begin is None else begin + len(data))
        if count_only:
            print(len(data) // 8)
            return
        functions = self.elf.functions()
        last, padded = -1, set()
        for i in range(0, len(data) - len(data) % 8, 8):
            function = self.check_record(begin + i, data[i:i + 8], functions)
            if function <= last:
                self.fault("table is not in address order at %#x" % (begin + i))
            last = function
            padded.add(function)
        for address in sorted(set(functions) - padded):
            print("bare " + ",".join(sorted(functions[address])))


def main():
    arguments = sys.argv[1:]
    options = [a for a in arguments if a in ("--count", "--lto")]
    paths = [a for a in arguments if a not in options]
    if len(paths) != 1:
        raise SystemExit("usage: check_sites.py [--count] [--lto] FILE")
    checker = Checker(paths[0])
    checker.several_notes = "--lto" in options
    checker.run("--count" in options)
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
