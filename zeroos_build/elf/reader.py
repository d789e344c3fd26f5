# SPDX-License-Identifier: MIT OR Apache-2.0
"""A relocatable object's file, read into its tables; everything in it is checked before use."""

from __future__ import annotations

from typing import NamedTuple

from zeroos_build.diagnostics import error
from zeroos_build.elf import constants as c
from zeroos_build.elf.tables import EHDR, SHDR, SYM, Section, Symbol, malformed

# Larger than any page of any machine; padding is written out, so it must be bounded.
_MAX_ALIGN = 1 << 21


class Tables(NamedTuple):
    """What a file holds. `symtab` is the index of the symbol table's section, 0 without one."""

    xlen: int
    flags: int
    sections: list[Section]
    symbols: list[Symbol]
    symtab: int


def read(data: bytes, name: str) -> Tables:
    """The tables; ZOS410 when malformed, ZOS411 when it is not little-endian RISC-V."""
    return _Reader(data, name).tables()


class _Reader:
    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.name = data, name

    def tables(self) -> Tables:
        data = self.data
        if len(data) < 20 or data[:4] != b"\x7fELF":
            raise malformed(self.name, "it does not start as an ELF file")
        if data[4] not in (c.ELFCLASS32, c.ELFCLASS64):
            raise malformed(self.name, f"its class is {data[4]}")
        xlen = 64 if data[4] == c.ELFCLASS64 else 32
        if data[5] != c.ELFDATA2LSB:
            raise error(
                "ZOS411", f"`{self.name}` is big-endian; every target here is little-endian RISC-V"
            )
        header = EHDR[xlen]
        if len(data) < header.size:
            raise malformed(self.name, "its header is cut off")
        (_, kind, machine, _, _, _, shoff, flags, _, _, _, shentsize, shnum, shstrndx) = (
            header.unpack_from(data)
        )
        if machine != c.EM_RISCV:
            raise error(
                "ZOS411",
                f"`{self.name}` is for machine {machine}, not for RISC-V ({c.EM_RISCV})",
                help="compile it with a riscv compiler",
            )
        if kind != c.ET_REL:
            raise malformed(self.name, f"it is not relocatable (type {kind})")
        if shnum == 0 and shoff:
            raise error(
                "ZOS416", f"`{self.name}` has more than 65279 sections, which is not supported"
            )
        if shentsize != SHDR[xlen].size or shoff + shnum * shentsize > len(data):
            raise malformed(self.name, "its section headers are cut off")
        sections = self._sections(xlen, shoff, shnum, shstrndx)
        tables = [s for s in sections if s.type == c.SHT_SYMTAB]
        if len(tables) > 1:
            raise malformed(self.name, "it has two symbol tables")
        for section in sections:
            if section.type in (c.SHT_CREL, c.SHT_SYMTAB_SHNDX, c.SHT_RELR):
                raise error(
                    "ZOS416",
                    f"`{self.name}`: section `{section.name}` has a type that is not supported "
                    f"(0x{section.type:x})",
                )
            if section.type in (c.SHT_REL, c.SHT_RELA) and not section.info < len(sections):
                raise malformed(self.name, f"`{section.name}` belongs to a section not there")
        symbols, symtab = self._symbols(xlen, sections, tables)
        for section in sections:
            if section.type == c.SHT_RELA and section.link != symtab:
                raise malformed(self.name, f"`{section.name}` uses another symbol table")
        return Tables(xlen, flags, sections, symbols, symtab)

    def _sections(self, xlen: int, shoff: int, shnum: int, shstrndx: int) -> list[Section]:
        raw = list(SHDR[xlen].iter_unpack(self.data[shoff : shoff + shnum * SHDR[xlen].size]))
        if shstrndx >= shnum:
            raise malformed(self.name, "its section names are missing")
        names = self._content(raw[shstrndx], "section names")
        sections = []
        for index, row in enumerate(raw):
            name, kind, flags, addr, _, size, link, info, align, entsize = row
            label = self._string(names, name)
            content = b"" if kind in (c.SHT_NOBITS, c.SHT_NULL) else self._content(row, label)
            if link >= shnum:
                raise malformed(self.name, f"`{label}` links to a section not there")
            if align & (align - 1) or align > _MAX_ALIGN:
                raise malformed(self.name, f"`{label}` has alignment {align}")
            sections.append(
                Section(index, label, kind, flags, bytearray(content), size, link, info, align,
                        entsize, addr)
            )  # fmt: skip
        return sections

    def _content(self, row: tuple[int, ...], what: str) -> bytes:
        offset, size = row[4], row[5]
        if offset + size > len(self.data):
            raise malformed(self.name, f"`{what}` reaches past the end of the file")
        return self.data[offset : offset + size]

    def _string(self, table: bytes | bytearray, offset: int) -> str:
        end = table.find(b"\0", offset)
        if offset >= len(table) or end < 0:
            raise malformed(self.name, "a name lies outside its string table")
        return bytes(table[offset:end]).decode("utf-8", "surrogateescape")

    def _symbols(
        self, xlen: int, sections: list[Section], tables: list[Section]
    ) -> tuple[list[Symbol], int]:
        if not tables:
            return [Symbol("", 0, 0, 0, 0, 0, 0)], 0
        table = tables[0]
        layout = SYM[xlen]
        if len(table.data) % layout.size:
            raise malformed(self.name, "its symbol table has a broken size")
        strings = sections[table.link].data
        symbols = []
        for row in layout.iter_unpack(table.data):
            if xlen == 64:
                name, info, other, shndx, value, size = row
            else:
                name, value, size, info, other, shndx = row
            if c.SHN_LORESERVE > shndx >= len(sections):
                raise malformed(self.name, "a symbol lies in a section not there")
            symbols.append(
                Symbol(self._string(strings, name), value, size, info >> 4, info & 15, other, shndx)
            )
        if not 1 <= table.info <= len(symbols):
            raise malformed(self.name, "its symbol table is not divided into local and global")
        if any(s.local for s in symbols[table.info :]) or not all(
            s.local for s in symbols[: table.info]
        ):
            raise malformed(self.name, "its symbol table mixes local and global symbols")
        return symbols, table.index
