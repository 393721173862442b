# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a pad looks like on each target, for check_sites.py.

Written from the manuals of the instruction sets and not from arch/, on purpose: a mistake there
would otherwise agree with itself.
"""
import elf_reader

(X86_64, I386, AARCH64, ARM_A32, ARM_THUMB2, MIPS_O32, MIPS_N64, RISCV64, PPC64LE,
 S390X) = range(1, 11)


def exact(text):
    """A pattern of bytes: pairs of value and mask."""
    return [(byte, 255) for byte in bytes.fromhex(text)]


def words(order, *values):
    """A pattern of 32-bit instructions, each a value or a pair of value and mask."""
    result = []
    for value in values:
        value, mask = value if isinstance(value, tuple) else (value, 0xffffffff)
        result += zip(value.to_bytes(4, order), mask.to_bytes(4, order))
    return result


def matches(data, pattern):
    return len(data) == len(pattern) and all(
        byte & mask == value for byte, (value, mask) in zip(data, pattern))


class Form:
    """`pads`: the forms of a whole pad, whose live instruction begins at `live`. `leads`: what may
    lie between the function symbol and the pad."""

    def __init__(self, pads, live=0, align=4, leads=()):
        self.pads, self.live, self.align = pads, live, align
        self.leads = [[]] + list(leads)

    @property
    def width(self):
        return len(self.pads[0])


# Four bytes behind endbr, in the encodings that assemblers use for alignment.
FILLERS = ["0f1f4000", "90909090", "66906690", "8d742600"]
ENDBR64, ENDBR32 = "f30f1efa", "f30f1efb"

MOV_X9_X30, AARCH64_NOP, BTI_C = 0xaa1e03e9, 0xd503201f, 0xd503245f
# The set-up of $gp that must come first: LLVM's two instructions, GCC's three.
LUI_V0, ADDIU_V0_V0 = (0x3c020000, 0xffff0000), (0x24420000, 0xffff0000)
LUI_GP, ADDIU_GP_GP, ADDU_GP_GP_T9 = (0x3c1c0000, 0xffff0000), (0x279c0000, 0xffff0000), 0x0399e021
AUIPC_T0, RISCV_NOP, LPAD = (0x00000297, 0x00000fff), 0x00000013, (0x00000017, 0x00000fff)
# Absolute links turn the addis into lis; the large code model loads the distance instead.
ADDIS_R2_R12, LIS_R2 = (0x3c4c0000, 0xffff0000), (0x3c400000, 0xffff0000)
ADDI_R2_R2 = (0x38420000, 0xffff0000)
LD_R2_R12, ADD_R2_R2_R12 = (0xe84c0000, 0xffff0003), 0x7c426214


def forms(elf):
    """The forms of a file's pads by ISA; None if no file of that kind has pads."""
    order = "big" if elf.big_endian else "little"
    key = (elf.machine, elf.bits, order)
    if key == (elf_reader.EM_X86_64, 64, "little"):
        return {X86_64: Form([exact("670f1f440000")], align=8,
                             leads=[exact(ENDBR64 + nops) for nops in FILLERS])}
    if key == (elf_reader.EM_386, 32, "little"):
        return {I386: Form([exact("65658d742600")], align=8,
                           leads=[exact(ENDBR32 + nops) for nops in FILLERS])}
    if elf.machine == elf_reader.EM_AARCH64 and elf.bits == 64:
        # Instructions are little-endian whatever the data are.
        return {AARCH64: Form([words("little", MOV_X9_X30, AARCH64_NOP)], live=4,
                              leads=[words("little", BTI_C)])}
    if key == (elf_reader.EM_ARM, 32, "little"):
        return {ARM_A32: Form([words("little", 0xe320f000), words("little", 0xe1a00000)]),
                ARM_THUMB2: Form([exact("aff30080")], leads=[exact("aff30f80")])}  # bti
    if elf.machine == elf_reader.EM_MIPS and elf.bits == 32:
        if elf.flags & elf_reader.EF_MIPS_ABI2:
            return None  # n32
        return {MIPS_O32: Form([words(order, 0, 0)], leads=[
            words(order, LUI_V0, ADDIU_V0_V0), words(order, LUI_GP, ADDIU_GP_GP, ADDU_GP_GP_T9)])}
    if elf.machine == elf_reader.EM_MIPS:
        return {MIPS_N64: Form([words(order, 0, 0)])}
    if key == (elf_reader.EM_RISCV, 64, "little"):
        return {RISCV64: Form([words(order, AUIPC_T0, RISCV_NOP)], live=4,
                              leads=[words(order, LPAD)])}
    if key == (elf_reader.EM_PPC64, 64, "little") and elf.flags & elf_reader.EF_PPC64_ABI != 1:
        return {PPC64LE: Form([words(order, 0x60000000)], leads=[
            words(order, ADDIS_R2_R12, ADDI_R2_R2), words(order, LIS_R2, ADDI_R2_R2),
            words(order, LD_R2_R12, ADD_R2_R2_R12)])}
    if key == (elf_reader.EM_S390, 64, "big"):
        return {S390X: Form([exact("c00400000000")], align=8)}
    return None
