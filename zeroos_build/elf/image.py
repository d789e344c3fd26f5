# SPDX-License-Identifier: MIT OR Apache-2.0
"""Finished images: read back what the linker made. Hostile input, as everything from a file."""

from __future__ import annotations

import json
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.elf import constants as c
from zeroos_build.elf.sites import SECTION, Site, decode

# File header, program header, section header.
_LAYOUTS = {
    64: ("<16sHHIQQQIHHHHHH", "<IIQQQQQQ", "<IIQQQQIIQQ"),
    32: ("<16sHHIIIIIHHHHHH", "<IIIIIIII", "<IIIIIIIIII"),
}
_SYMBOL = {64: struct.Struct("<IBBHQQ"), 32: struct.Struct("<IIIBBH")}
NOTE_SECTION = ".note.zeroos"
NOTE_OWNER = b"zeroos\0"


@dataclass(frozen=True, slots=True)
class Segment:
    """A program header; `load` is where a loader puts the segment that goes by load addresses."""

    type: int
    flags: int
    offset: int
    address: int
    load: int
    file_size: int
    size: int
    align: int


@dataclass(frozen=True, slots=True)
class ImageSection:
    """A section header; `offset` and `size` are inside the file unless NOBITS."""

    name: str
    type: int
    flags: int
    address: int
    offset: int
    size: int
    link: int
    info: int


@dataclass(frozen=True, slots=True)
class ImageSymbol:
    """A symbol of an image."""

    name: str
    address: int
    size: int
    type: int
    bind: int
    section: int


def _bad(name: str, what: str) -> ZeroosError:
    return error("ZOS511", f"`{name}` is not a well-formed image: {what}", help="build it again")


class Image:
    """An ELF executable."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.name = data, name
        if len(data) < 52 or data[:4] != b"\x7fELF":
            raise _bad(name, "it does not start as an ELF file")
        if data[4] not in (1, 2) or data[5] != c.ELFDATA2LSB:
            raise _bad(name, "it is not a little-endian ELF file")
        self.xlen = 64 if data[4] == c.ELFCLASS64 else 32
        header, self._phdr, self._shdr = map(struct.Struct, _LAYOUTS[self.xlen])
        if len(data) < header.size:
            raise _bad(name, "its header is cut off")
        row = header.unpack_from(data)
        (_, self.type, self.machine, _, self.entry, self._phoff, self._shoff, self.flags) = row[:8]
        _, phentsize, self._phnum, shentsize, self._shnum, self._shstrndx = row[8:]
        if self.machine != c.EM_RISCV:
            raise _bad(name, f"it is for machine {self.machine}, not for RISC-V")
        if self._phnum and phentsize != self._phdr.size:
            raise _bad(name, "its program headers have an unknown size")
        if self._shnum and shentsize != self._shdr.size:
            raise _bad(name, "its section headers have an unknown size")
        if self._phoff + self._phnum * self._phdr.size > len(data):
            raise _bad(name, "its program headers are cut off")
        if self._shoff + self._shnum * self._shdr.size > len(data):
            raise _bad(name, "its section headers are cut off")

    @classmethod
    def read(cls, path: Path) -> Image:
        """From a file of at most 1 GiB."""
        try:
            if path.stat().st_size > 1 << 30:
                raise _bad(str(path), "it is larger than 1 GiB")
            return cls(path.read_bytes(), str(path))
        except OSError as problem:
            raise error(
                "ZOS703", f"cannot read `{path}`: {(problem.strerror or str(problem)).lower()}"
            ) from problem

    @cached_property
    def segments(self) -> list[Segment]:
        """All program headers, in order."""
        found = []
        for index in range(self._phnum):
            row = self._phdr.unpack_from(self.data, self._phoff + index * self._phdr.size)
            if self.xlen == 64:
                kind, flags, offset, address, load, file_size, size, align = row
            else:
                kind, offset, address, load, file_size, size, flags, align = row
            if kind == c.PT_LOAD and (offset + file_size > len(self.data) or file_size > size):
                raise _bad(self.name, f"segment {index} reaches past the end of the file")
            if kind == c.PT_LOAD and address + size > 1 << self.xlen:
                raise _bad(self.name, f"segment {index} leaves the address space")
            found.append(Segment(kind, flags, offset, address, load, file_size, size, align))
        return found

    @property
    def loads(self) -> list[Segment]:
        """Segments with content."""
        return [s for s in self.segments if s.type == c.PT_LOAD and s.size]

    @cached_property
    def sections(self) -> list[ImageSection]:
        """All section headers; empty for a stripped file."""
        rows = []
        for index in range(self._shnum):
            name, kind, flags, address, offset, size, link, info, _, _ = self._shdr.unpack_from(
                self.data, self._shoff + index * self._shdr.size
            )
            if kind not in (c.SHT_NULL, c.SHT_NOBITS) and offset + size > len(self.data):
                raise _bad(self.name, f"section {index} reaches past the end of the file")
            rows.append((name, kind, flags, address, offset, size, link, info))
        if not rows:
            return []
        if self._shstrndx >= len(rows):
            raise _bad(self.name, "its section names are missing")
        names = self.data[rows[self._shstrndx][4] :][: rows[self._shstrndx][5]]
        return [ImageSection(_string(names, row[0]), *row[1:]) for row in rows]

    def section(self, name: str) -> ImageSection | None:
        """The first section of that name."""
        return next((s for s in self.sections if s.name == name), None)

    def content(self, section: ImageSection) -> bytes:
        """A section's bytes in the file."""
        if section.type == c.SHT_NOBITS:
            return b""
        return self.data[section.offset : section.offset + section.size]

    @cached_property
    def symbols(self) -> list[ImageSymbol]:
        """The symbol table; empty for a stripped file."""
        table = next((s for s in self.sections if s.type == c.SHT_SYMTAB), None)
        if table is None or table.link >= len(self.sections):
            return []
        strings = self.content(self.sections[table.link])
        layout = _SYMBOL[self.xlen]
        data = self.content(table)
        found = []
        for row in layout.iter_unpack(data[: len(data) // layout.size * layout.size]):
            if self.xlen == 64:
                name, info, _, section, value, size = row
            else:
                name, value, size, info, _, section = row
            found.append(
                ImageSymbol(_string(strings, name), value, size, info & 15, info >> 4, section)
            )
        return found

    @cached_property
    def addresses(self) -> dict[str, int]:
        """Defined global and local symbols by name (the first of equal local names)."""
        found: dict[str, int] = {}
        for symbol in self.symbols:
            if symbol.section != c.SHN_UNDEF and symbol.name:
                if symbol.bind != c.STB_LOCAL:
                    found[symbol.name] = symbol.address
                else:
                    found.setdefault(symbol.name, symbol.address)
        return found

    @cached_property
    def _functions(self) -> tuple[list[int], list[ImageSymbol]]:
        rows = sorted(
            (s for s in self.symbols if s.type == c.STT_FUNC and s.section != c.SHN_UNDEF),
            key=lambda s: (s.address, s.bind != c.STB_LOCAL),
        )
        return [s.address for s in rows], rows

    def function_at(self, address: int) -> ImageSymbol | None:
        """The nearest function that starts at or before an address.

        Sizes do not count: thunks stand behind the code of their section.
        """
        starts, rows = self._functions
        index = bisect_right(starts, address) - 1
        return rows[index] if index >= 0 else None

    def describe(self, address: int) -> str:
        """An address for people: "0x80001234 (write+0x10)"."""
        symbol = self.function_at(address)
        if symbol is None:
            return f"0x{address:x}"
        return f"0x{address:x} ({symbol.name}+0x{address - symbol.address:x})"

    def read_memory(self, address: int, size: int) -> bytes | None:
        """Initial content of memory, None outside of segments; zeroes behind file content."""
        for segment in self.loads:
            if segment.address <= address and address + size <= segment.address + segment.size:
                start = address - segment.address
                have = self.data[segment.offset :][: segment.file_size][start : start + size]
                return have.ljust(size, b"\0")
        return None

    @cached_property
    def sites(self) -> list[Site]:
        """What lowering did in the code that is in this image, by address."""
        found: list[Site] = []
        for section in self.sections:
            if section.name == SECTION:
                found.extend(decode(self.content(section), self.name))
        return sorted(found, key=lambda site: (site.site, site.kind))

    @cached_property
    def note(self) -> dict[str, Any] | None:
        """What the image says of itself; None when it is not one of ours."""
        section = self.section(NOTE_SECTION)
        if section is None:
            return None
        data = self.content(section)
        if len(data) < 20:
            return None
        owner_size, size, _ = struct.unpack_from("<III", data)
        start = 12 + -(-owner_size // 4) * 4
        if data[12 : 12 + owner_size] != NOTE_OWNER or start + size > len(data):
            return None
        try:
            found = json.loads(data[start : start + size])
        except ValueError as problem:
            raise _bad(self.name, "its note is damaged") from problem
        return found if isinstance(found, dict) else None

    def code(self) -> Iterator[tuple[int, bytes]]:
        """(address, bytes) of every executable segment."""
        for segment in self.loads:
            if segment.flags & c.PF_X:
                yield segment.address, self.data[segment.offset :][: segment.file_size]


def _string(table: bytes, offset: int) -> str:
    end = table.find(b"\0", offset)
    if offset >= len(table) or end < 0:
        return ""
    return table[offset:end].decode("utf-8", "backslashreplace")
