# SPDX-License-Identifier: MIT OR Apache-2.0
"""Decoding: a 32-bit word, or a 16-bit one through its expansion, to an `Instruction`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from zeroos_build.riscv.compressed import expand
from zeroos_build.riscv.table import TABLE, Entry, Flow, Format

_READS_RS1 = frozenset(
    {Format.R, Format.I, Format.S, Format.B, Format.SHIFT, Format.CSR, Format.LR, Format.AMO,
     Format.FLOAT_LOAD, Format.FLOAT_STORE, Format.INT_TO_FLOAT}
)  # fmt: skip
_READS_RS2 = frozenset({Format.R, Format.S, Format.B, Format.AMO})
_WRITES_RD = frozenset(
    {Format.R, Format.I, Format.U, Format.J, Format.SHIFT, Format.CSR, Format.CSRI, Format.LR,
     Format.AMO, Format.FLOAT_TO_INT}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Instruction:
    """A decoded instruction.

    `word` is the 32-bit form (of a compressed one: its expansion), `size` 2 or 4 bytes,
    `imm` the sign-extended immediate (for csr instructions the csr number).
    `reads` and `writes` are masks of integer registers; x0 is in neither.
    """

    word: int
    size: int
    mnemonic: str
    extension: str
    format: Format
    flow: Flow
    rd: int
    rs1: int
    rs2: int
    imm: int
    reads: int
    writes: int

    @property
    def is_load(self) -> bool:
        """A plain integer load."""
        return self.word & 0x7F == 0x03

    @property
    def is_return(self) -> bool:
        """`jalr x0, 0(ra)`."""
        return self.flow is Flow.JALR and self.rd == 0 and self.rs1 == 1 and self.imm == 0


def _index() -> dict[int, dict[int, list[Entry]]]:
    """Per width: opcode and funct3 to the entries that may match, most specific first."""
    tables: dict[int, dict[int, list[Entry]]] = {32: {}, 64: {}}
    for entry in TABLE:
        funct3s = [entry.match >> 12 & 7] if entry.mask & 0x7000 else range(8)
        for width, table in tables.items():
            if entry.xlen not in (0, width):
                continue
            for funct3 in funct3s:
                table.setdefault(entry.match & 0x7F | funct3 << 12, []).append(entry)
    return tables


_TABLES = _index()


def _signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> (bits - 1) & 1 else value


def _immediate(word: int, fmt: Format, xlen: int) -> int:
    if fmt in (Format.I, Format.FLOAT_LOAD):
        return _signed(word >> 20, 12)
    if fmt in (Format.S, Format.FLOAT_STORE):
        return _signed(word >> 25 << 5 | word >> 7 & 0x1F, 12)
    if fmt is Format.B:
        return _signed(
            (word >> 31) << 12 | (word >> 7 & 1) << 11 | (word >> 25 & 0x3F) << 5
            | (word >> 8 & 0xF) << 1,
            13,
        )  # fmt: skip
    if fmt is Format.U:
        return _signed(word >> 12 << 12, 32)
    if fmt is Format.J:
        return _signed(
            (word >> 31) << 20 | (word >> 12 & 0xFF) << 12 | (word >> 20 & 1) << 11
            | (word >> 21 & 0x3FF) << 1,
            21,
        )  # fmt: skip
    if fmt is Format.SHIFT:
        return word >> 20 & (0x3F if xlen == 64 and word & 0x7F == 0x13 else 0x1F)
    if fmt in (Format.CSR, Format.CSRI, Format.FENCE):
        return word >> 20
    return 0


def _build(word: int, entry: Entry, size: int, xlen: int) -> Instruction:
    fmt = entry.format
    rd, rs1, rs2 = word >> 7 & 31, word >> 15 & 31, word >> 20 & 31
    reads = (1 << rs1 if fmt in _READS_RS1 else 0) | (1 << rs2 if fmt in _READS_RS2 else 0)
    writes = 1 << rd if fmt in _WRITES_RD else 0
    return Instruction(
        word, size, entry.mnemonic, entry.extension, fmt, entry.flow,
        rd, rs1, rs2, _immediate(word, fmt, xlen), reads & ~1, writes & ~1,
    )  # fmt: skip


@lru_cache(maxsize=1 << 16)
def decode(word: int, xlen: int) -> Instruction | None:
    """The instruction that starts with these 32 bits, or None when the table does not know it.

    A word whose two low bits are not both set is a compressed instruction: its upper half
    belongs to what follows and is ignored.
    """
    if word & 3 != 3:
        wide = expand(word & 0xFFFF, xlen)
        if wide is None:
            return None
        return _find(wide, 2, xlen)
    return _find(word & 0xFFFFFFFF, 4, xlen)


def _find(word: int, size: int, xlen: int) -> Instruction | None:
    for entry in _TABLES[xlen].get(word & 0x707F, ()):
        if word & entry.mask == entry.match:
            return _build(word, entry, size, xlen)
    return None
