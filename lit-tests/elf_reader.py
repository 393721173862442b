# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads what the tests need of a linked ELF file, of both classes and both byte orders."""
import struct

EM_386, EM_MIPS, EM_PPC64, EM_S390, EM_ARM, EM_X86_64, EM_AARCH64, EM_RISCV = (
    3, 8, 21, 22, 40, 62, 183, 243)
SHT_SYMTAB, SHT_RELA, SHT_NOBITS, SHT_REL, SHT_RELR = 2, 4, 8, 9, 19
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
PT_NOTE = 4
STT_FUNC, STT_GNU_IFUNC = 2, 10
EF_MIPS_ABI2, EF_PPC64_ABI = 0x20, 3

# Formats of the structures and the order of their members, by ELF class.
HEADER = {1: "HHIIIIIHHHHHH", 2: "HHIQQQIHHHHHH"}
HEADER_KEYS = ("type", "machine", "version", "entry", "phoff", "shoff", "flags", "ehsize",
               "phentsize", "phnum", "shentsize", "shnum", "shstrndx")
SECTION = {1: "IIIIIIIIII", 2: "IIQQQQIIQQ"}
SECTION_KEYS = ("name", "type", "flags", "addr", "offset", "size", "link", "info", "align", "ent")
SEGMENT = {1: "IIIIIIII", 2: "IIQQQQQQ"}
SEGMENT_KEYS = {1: ("type", "offset", "vaddr", "paddr", "filesz", "memsz", "flags", "align"),
                2: ("type", "flags", "offset", "vaddr", "paddr", "filesz", "memsz", "align")}
SYMBOL = {1: "IIIBBH", 2: "IBBHQQ"}
SYMBOL_KEYS = {1: ("name", "value", "size", "info", "other", "index"),
               2: ("name", "info", "other", "index", "value", "size")}


class Elf:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.path = path
        if self.data[:4] != b"\x7fELF" or self.data[4] not in (1, 2) or self.data[5] not in (1, 2):
            raise SystemExit("%s is not an ELF file" % path)
        self.bits = 32 * self.data[4]
        self.elf_class = self.data[4]
        self.big_endian = self.data[5] == 2
        self.order = ">" if self.big_endian else "<"
        self.word = "I" if self.elf_class == 1 else "Q"
        header = self.structure(HEADER, HEADER_KEYS, 16)
        self.machine, self.flags = header["machine"], header["flags"]
        self.sections = [
            self.structure(SECTION, SECTION_KEYS, header["shoff"] + i * header["shentsize"])
            for i in range(header["shnum"])]
        names = self.sections[header["shstrndx"]]
        for section in self.sections:
            section["name"] = self.string(names, section["name"])
        self.segments = [
            self.structure(SEGMENT, SEGMENT_KEYS, header["phoff"] + i * header["phentsize"])
            for i in range(header["phnum"])]

    def unpack(self, form, data, at=0):
        """Numbers in the byte order of the file."""
        return struct.unpack_from(self.order + form, data, at)

    def structure(self, forms, keys, at):
        keys = keys[self.elf_class] if isinstance(keys, dict) else keys
        return dict(zip(keys, self.unpack(forms[self.elf_class], self.data, at)))

    def string(self, table, offset):
        begin = table["offset"] + offset
        return self.data[begin:self.data.index(b"\0", begin)].decode("utf-8", "backslashreplace")

    def named(self, name):
        return [s for s in self.sections if s["name"] == name]

    def content(self, section):
        return self.data[section["offset"]:section["offset"] + section["size"]]

    def bytes_at(self, address, size):
        for section in self.sections:
            inside = section["addr"] <= address and address + size <= section["addr"] + section[
                "size"]
            if section["flags"] & SHF_ALLOC and inside and section["type"] != SHT_NOBITS:
                begin = section["offset"] + address - section["addr"]
                return self.data[begin:begin + size]
        return b""

    def is_code(self, address):
        return any(s["flags"] & SHF_EXECINSTR and s["addr"] <= address < s["addr"] + s["size"]
                   for s in self.sections)

    def symbols(self):
        """The defined symbols of .symtab; `name` is text."""
        size = struct.calcsize("=" + SYMBOL[self.elf_class])
        for section in self.sections:
            if section["type"] != SHT_SYMTAB:
                continue
            strings = self.sections[section["link"]]
            for at in range(section["offset"], section["offset"] + section["size"], size):
                symbol = self.structure(SYMBOL, SYMBOL_KEYS, at)
                if symbol["index"] != 0:
                    symbol["name"] = self.string(strings, symbol["name"])
                    yield symbol

    def functions(self):
        """The defined functions by value, which on ARM has bit 0 set for Thumb."""
        result = {}
        for symbol in self.symbols():
            if symbol["info"] & 15 in (STT_FUNC, STT_GNU_IFUNC):
                result.setdefault(symbol["value"], []).append(symbol)
        return result

    def dynamic_relocations(self):
        """Addresses that the dynamic linker changes."""
        for section in self.sections:
            if not section["flags"] & SHF_ALLOC:
                continue
            if section["type"] in (SHT_RELA, SHT_REL):
                words = 3 if section["type"] == SHT_RELA else 2
                data = self.content(section)
                for at in range(0, len(data), words * self.bits // 8):
                    yield self.unpack(self.word, data, at)[0]
            elif section["type"] == SHT_RELR:
                yield from self.packed_relocations(self.content(section))

    def packed_relocations(self, data):
        """SHT_RELR: an address, then bitmaps that say which of the next words change too."""
        size, following = self.bits // 8, 0
        for at in range(0, len(data), size):
            entry = self.unpack(self.word, data, at)[0]
            if entry & 1 == 0:
                yield entry
                following = entry + size
                continue
            for bit in range(1, self.bits):
                if entry >> bit & 1:
                    yield following + (bit - 1) * size
            following += (self.bits - 1) * size

    def notes(self, owner):
        """(address of the descriptor, type, descriptor) of each note, as a loader finds them."""
        for segment in self.segments:
            if segment["type"] != PT_NOTE:
                continue
            at, end = segment["offset"], segment["offset"] + segment["filesz"]
            step = 8 if segment["align"] == 8 else 4
            while at + 12 <= end:
                namesz, descsz, kind = self.unpack("III", self.data, at)
                desc = at + 12 + (namesz + step - 1) // step * step
                if self.data[at + 12:at + 12 + namesz] == owner + b"\0":
                    address = segment["vaddr"] + desc - segment["offset"]
                    yield address, kind, self.data[desc:desc + descsz]
                at = desc + (descsz + step - 1) // step * step
