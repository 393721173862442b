# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Verifies every site record of a linked ELF file of any target and prints what it says.

An independent reader: it shares no code with the plugin, the runtime or `ftrace check`; the numbers
below and in pad_forms.py repeat the definitions on purpose, so that a change of either shows.

One line a record, in table order, then one a function that has none:

  pad NAME[,ALIAS...] at=ADDRESS lead=N kind=N stack=N [flag...] [isa=N] [compiler=gcc|llvm]
  bare NAME[,ALIAS...]

ADDRESS is that of the instruction which is patched; lead counts from the function symbol to it.
A fault is a line on stderr, and exit status 1. --count prints the number of records only. --isa adds
the instruction set to the lines, --compiler the compiler. --lto accepts several notes that say the
same: lld does not merge the groups of objects it makes itself. --any-order accepts a table that is
not in address order, as gold leaves it.
"""
import sys

sys.dont_write_bytecode = True  # before the imports: the source tree stays clean

import elf_reader  # noqa: E402
import pad_forms  # noqa: E402

SITES, NOTE_OWNER, GATE = "__ftrace_sites", b"ftrace", "__ftrace_gate"
FLAGS = [(14, "variadic"), (15, "vector"), (24, "unwinds"), (25, "wide"), (26, "chain"),
         (28, "entry-only")]
GCC = 27
OPTIONS = ["--any-order", "--compiler", "--count", "--isa", "--lto"]


class Checker:
    def __init__(self, path):
        self.elf, self.path, self.faults = elf_reader.Elf(path), path, 0
        self.forms = pad_forms.forms(self.elf)
        if self.forms is None:
            raise SystemExit("check_sites: %s: machine %d, %d bits, flags %#x has no pads" % (
                path, self.elf.machine, self.elf.bits, self.elf.flags))
        self.gates = {s["value"] for s in self.elf.symbols() if s["name"] == GATE}
        self.any_order = self.several_notes = self.show_isa = self.show_compiler = False

    def fault(self, text):
        self.faults += 1
        print("check_sites: %s: %s" % (self.path, text), file=sys.stderr)

    def table(self):
        """Address and bytes of the record table."""
        # gold leaves the empty one of an object by lld beside the others.
        sections = [s for s in self.elf.named(SITES) if s["size"] or not self.any_order]
        if not sections:  # GNU ld drops the section when nothing is left in it
            return None, b""
        if len(sections) != 1:
            self.fault("%d sections %s, not one" % (len(sections), SITES))
        section = sections[0]
        if section["flags"] & (elf_reader.SHF_WRITE | elf_reader.SHF_ALLOC) != elf_reader.SHF_ALLOC:
            self.fault("%s is not read-only data" % SITES)
        if section["size"] % 8:
            self.fault("%s is not a multiple of 8 bytes" % SITES)
        begin, end = section["addr"], section["addr"] + section["size"]
        for address in self.elf.dynamic_relocations():
            if begin <= address < end:
                self.fault("dynamic relocation in %s at %#x" % (SITES, address))
        return begin, self.elf.content(section)

    def check_note(self, begin, end):
        notes = [n for n in self.elf.notes(NOTE_OWNER) if n[1] == 1]
        if len(notes) != 1 and not (notes and self.several_notes):
            self.fault("%d notes, not one" % len(notes))
        for address, _, desc in notes:
            self.check_descriptor(address, desc, begin, end)

    def check_descriptor(self, address, desc, begin, end):
        if len(desc) != 16:
            self.fault("note of %d bytes, not 16" % len(desc))
            return
        version, start, stop, gate = self.elf.unpack("Iiii", desc)
        if version != 1:
            self.fault("note has version %d" % version)
        if pad_forms.RISCV64 not in self.forms:
            if gate != 0:
                self.fault("note has gate %d" % gate)
        elif gate == 0 or address + 12 + gate not in self.gates:
            self.fault("note's gate is %#x, %s is at %s" % (
                address + 12 + gate, GATE, ", ".join(map(hex, self.gates)) or "no address"))
        start, stop = address + 4 + start, address + 8 + stop
        if begin is None and start == stop:
            return
        if (start, stop) != (begin, end):
            self.fault("note says %#x..%#x, table is %s..%s" % (start, stop, begin, end))

    def check_record(self, address, record, functions):
        """Returns the value of the function's symbol."""
        offset, facts = self.elf.unpack("iI", record)
        live, lead, isa = address + offset, facts >> 16 & 255, facts >> 4 & 15
        where = "record at %#x: " % address
        form = self.forms.get(isa)
        if form is None:
            self.fault(where + "ISA %d in a file of %s" % (isa, sorted(self.forms)))
            form = next(iter(self.forms.values()))
        if facts & 15 != form.width or facts >> 29:
            self.fault(where + "width or reserved bits in %#x" % facts)
        if live % form.align:
            self.fault(where + "pad at %#x is not %d-aligned" % (live, form.align))
        self.check_text(where, form, isa, live, lead)
        value = live - lead + (isa == pad_forms.ARM_THUMB2)
        for symbol in functions.get(value, []):
            self.check_symbol(where, form, isa, symbol, lead)
        if value not in functions:
            self.fault(where + "no function at %#x" % value)
        flags = "".join(" " + name for bit, name in FLAGS if facts >> bit & 1)
        if self.show_isa:
            flags += " isa=%d" % isa
        if self.show_compiler:
            flags += " compiler=" + ("gcc" if facts >> GCC & 1 else "llvm")
        print("pad %s at=%#x lead=%d kind=%d stack=%d%s" %
              (names(functions, value), live, lead, facts >> 8 & 7, facts >> 11 & 7, flags))
        return value

    def check_text(self, where, form, isa, live, lead):
        pad = live - form.live
        text = self.elf.bytes_at(pad, form.width)
        if not self.elf.is_code(pad) or not any(pad_forms.matches(text, p) for p in form.pads):
            self.fault(where + "no pad at %#x but %s" % (pad, text.hex()))
            return
        before = self.elf.bytes_at(live - lead, lead - form.live) if lead > form.live else b""
        if lead < form.live or not any(pad_forms.matches(before, p) for p in form.leads):
            self.fault(where + "lead %d, %s before the pad" % (lead, before.hex() or "nothing"))
        if isa == pad_forms.RISCV64:
            target = pad + (self.elf.unpack("i", text)[0] & ~0xfff)
            if not any(-2048 <= gate - target <= 2047 for gate in self.gates):
                self.fault(where + "auipc leads to %#x, out of the gate's reach" % target)

    def check_symbol(self, where, form, isa, symbol, lead):
        """What the symbol table knows of the function besides its address."""
        name, size = symbol["name"], symbol["size"]
        if size and lead + form.width - form.live > size:
            self.fault(where + "the pad leaves %s, which has %d bytes" % (name, size))
        if isa == pad_forms.PPC64LE:
            entry = 1 << (symbol["other"] >> 5) >> 2 << 2  # from global to local entry
            if lead != entry:
                self.fault(where + "lead %d, but %s has its local entry at %d" % (lead, name, entry))
        if isa == pad_forms.MIPS_O32 and symbol["other"] & 0x80:
            self.fault(where + "%s is MIPS16 or microMIPS code" % name)

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
            if function <= last and not self.any_order or function in padded:
                self.fault("table is not in address order at %#x" % (begin + i))
            last = function
            padded.add(function)
        for value in sorted(set(functions) - padded):
            print("bare " + names(functions, value))


def names(functions, value):
    return ",".join(sorted({s["name"] for s in functions.get(value, [])}) or ["?"])


def main():
    arguments = sys.argv[1:]
    options = [a for a in arguments if a in OPTIONS]
    paths = [a for a in arguments if a not in options]
    if len(paths) != 1:
        raise SystemExit("usage: check_sites.py [%s] FILE" % "] [".join(OPTIONS))
    checker = Checker(paths[0])
    checker.any_order = "--any-order" in options
    checker.several_notes = "--lto" in options
    checker.show_isa = "--isa" in options
    checker.show_compiler = "--compiler" in options
    checker.run("--count" in options)
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
