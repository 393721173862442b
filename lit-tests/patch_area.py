# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints where the nops of -fpatchable-function-entry are in a linked file whose functions have pads.

One line a function that __patchable_function_entries names, sorted:

  NAME before=M after=N

M nops end at the function's symbol, N begin where its pad ends, and the entry is the address of the
first of all. Anything else is a line on stderr, and exit status 1.
"""
import sys

sys.dont_write_bytecode = True  # before the imports: the source tree stays clean

import elf_reader  # noqa: E402
import pad_forms  # noqa: E402

# The nops of GCC in the byte order of the file, except where instructions have one of their own.
NOPS = {elf_reader.EM_X86_64: ["90"], elf_reader.EM_386: ["90"],
        elf_reader.EM_AARCH64: ["1f2003d5"], elf_reader.EM_MIPS: ["00000000"],
        elf_reader.EM_ARM: ["00f020e3", "0000a0e1", "00bf"], elf_reader.EM_PPC64: ["00000060"],
        elf_reader.EM_RISCV: ["0100", "13000000"], elf_reader.EM_S390: ["0700"]}


class Areas:
    def __init__(self, path):
        self.elf = elf_reader.Elf(path)
        self.nops = [bytes.fromhex(nop) for nop in NOPS[self.elf.machine]]
        self.functions = {}
        for value, symbols in self.elf.functions().items():
            address = value & ~1 if self.elf.machine == elf_reader.EM_ARM else value
            self.functions[address] = symbols[0]["name"]
        self.pad_ends = self.ends_of_pads()

    def ends_of_pads(self):
        """{address of a function: address behind its pad}"""
        forms, result = pad_forms.forms(self.elf), {}
        for section in self.elf.named("__ftrace_sites"):
            content = self.elf.content(section)
            for at in range(0, len(content), 8):
                offset, facts = self.elf.unpack("iI", content, at)
                live = section["addr"] + at + offset
                form = forms[facts >> 4 & 15]
                result[live - (facts >> 16 & 255)] = live - form.live + form.width
        return result

    def run_of_nops(self, at, end=None):
        """(number of nops from `at` on, where they end)"""
        count = 0
        while at != end:
            size = next((len(n) for n in self.nops if self.elf.bytes_at(at, len(n)) == n), 0)
            if size == 0:
                break
            at, count = at + size, count + 1
        return count, at

    def line(self, entry):
        function = next((f for f, end in self.pad_ends.items() if end == entry), None)
        before = 0
        if function is None:
            following = [f for f in self.functions if f > entry]
            function = min(following) if following else None
            before, end = self.run_of_nops(entry, function)
            if end != function:
                raise SystemExit("patch_area: %#x is neither behind a pad nor in front of a "
                                 "function" % entry)
        after = self.run_of_nops(self.pad_ends[function])[0]
        return "%s before=%d after=%d" % (self.functions[function], before, after)

    def lines(self):
        for section in self.elf.named("__patchable_function_entries"):
            content = self.elf.content(section)
            for at in range(0, len(content), self.elf.bits // 8):
                yield self.line(self.elf.unpack(self.elf.word, content, at)[0])


print("\n".join(sorted(Areas(sys.argv[1]).lines())))
