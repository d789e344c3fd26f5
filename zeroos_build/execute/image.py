# SPDX-License-Identifier: MIT OR Apache-2.0
"""What running needs of an image: segments, symbols, one section. The file may be hostile."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from zeroos_build.diagnostics import ZeroosError, error

_LIMIT = 1 << 30  # bytes of a file
_SEGMENTS = 12
_SYMBOLS = 1 << 22
_MEMORY = 1 << 30  # bytes of all segments together
_EM_RISCV, _ET_EXEC, _PT_LOAD, _SHT_SYMTAB = 243, 2, 1, 2
_PF_X, _PF_W, _PF_R = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the image in memory; the `data` stands at its start, zeros follow up to `end`.

    `load` is where a loader that goes by load addresses puts the data.
    """

    start: int
    end: int
    data: memoryview
    flags: int
    load: int

    @property
    def readable(self) -> bool:
        """May be loaded from."""
        return bool(self.flags & _PF_R)

    @property
    def writable(self) -> bool:
        """May be stored to."""
        return bool(self.flags & _PF_W)

    @property
    def executable(self) -> bool:
        """Holds code."""
        return bool(self.flags & _PF_X)


@dataclass(frozen=True, slots=True)
class _Section:
    name: int
    kind: int
    offset: int
    size: int
    link: int


class Image:
    """A static RISC-V executable. Every failure is ZOS602."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._data = memoryview(file.read(_LIMIT + 1))
        except OSError as problem:
            raise self._refused((problem.strerror or str(problem)).lower()) from problem
        if len(self._data) > _LIMIT:
            raise self._refused("it is larger than 1 GiB")
        head = bytes(self._data[:20])
        if head[:4] != b"\x7fELF" or len(head) < 20 or head[4] not in (1, 2) or head[5] != 1:
            raise self._refused("it is not a little-endian ELF file")
        if struct.unpack_from("<HH", head, 16) != (_ET_EXEC, _EM_RISCV):
            raise self._refused("it is not a static executable for RISC-V")
        self.xlen = 64 if head[4] == 2 else 32
        self._wide = self.xlen == 64
        header = self._unpack("<QQQI6H" if self._wide else "<IIII6H", 24)
        self.entry, self._program, self._sections_at = header[0], header[1], header[2]
        self._program_count = header[6]
        self._section_count, self._section_names = header[8], header[9]
        self.segments = tuple(self._load_segments())

    def symbol(self, name: str) -> int | None:
        """The address of a symbol, if the image has it."""
        return self._symbols.get(name)

    def describe(self, address: int) -> str:
        """`0x80000010 (main+0x10)`, or the address alone."""
        starts, ends, names = self._by_address
        index = bisect_right(starts, address) - 1
        if index < 0 or address >= ends[index]:
            return f"{address:#x}"
        return f"{address:#x} ({names[index]}+{address - starts[index]:#x})"

    def section(self, name: str) -> memoryview:
        """The bytes of a section; none when the image has no such section."""
        sections = self._sections
        if self._section_names >= len(sections):
            return memoryview(b"")
        names = bytes(self._content(sections[self._section_names]))
        for section in sections:
            if _string(names, section.name) == name:
                return self._content(section)
        return memoryview(b"")

    def _load_segments(self) -> Iterator[Segment]:
        count, total = 0, 0
        for index in range(self._program_count):
            if self._wide:
                kind, flags, offset, start, load, filled, size, _ = self._unpack(
                    "<IIQQQQQQ", self._program + index * 56
                )
            else:
                kind, offset, start, load, filled, size, flags, _ = self._unpack(
                    "<IIIIIIII", self._program + index * 32
                )
            if kind != _PT_LOAD or size == 0:
                continue
            count, total = count + 1, total + size
            end = start + size
            if filled > size or offset + filled > len(self._data):
                raise self._refused(f"the segment at {start:#x} reaches past the end of the file")
            if count > _SEGMENTS or total > _MEMORY or end > 1 << self.xlen:
                raise self._refused("its segments are too many or too large")
            yield Segment(start, end, self._data[offset : offset + filled], flags, load)

    @cached_property
    def _sections(self) -> tuple[_Section, ...]:
        size, form = (64, "<IIQQQQII") if self._wide else (40, "<IIIIIIII")
        found = []
        for index in range(self._section_count):
            name, kind, _, _, offset, length, link, _ = self._unpack(
                form, self._sections_at + index * size
            )
            found.append(_Section(name, kind, offset, length, link))
        return tuple(found)

    @cached_property
    def _table(self) -> tuple[tuple[int, bool, int, str], ...]:
        """Address, being typed (a function or an object), size and name of what is defined."""
        found: list[tuple[int, bool, int, str]] = []
        for section in self._sections:
            if section.kind != _SHT_SYMTAB or section.link >= len(self._sections):
                continue
            names = bytes(self._content(self._sections[section.link]))
            content = self._content(section)
            entry = struct.Struct("<IBBHQQ" if self._wide else "<IIIBBH")
            if len(content) // entry.size > _SYMBOLS:
                raise self._refused("it has too many symbols")
            whole = len(content) // entry.size * entry.size
            for record in entry.iter_unpack(content[:whole]):
                if self._wide:
                    name, info, _, shndx, value, size = record
                else:
                    name, value, size, info, _, shndx = record
                # Defined; neither a section nor a file.
                if shndx and info & 15 < 3:
                    found.append((value, info & 15 > 0, size, _string(names, name)))
        return tuple(found)

    @cached_property
    def _symbols(self) -> dict[str, int]:
        return {name: value for value, _, _, name in self._table}

    @cached_property
    def _by_address(self) -> tuple[list[int], list[int], list[str]]:
        # Mapping symbols ($x, $d) and local labels (.L) name nothing a reader knows.
        # Of two at one address the typed one stands last, and is found.
        named = sorted(entry for entry in self._table if entry[3][:1] not in ("", "$", "."))
        starts = [value for value, *_ in named]
        ends = []
        for index, (value, _, size, _) in enumerate(named):
            # A symbol without a size reaches to the next one, inside its segment.
            inside = [s.end for s in self.segments if s.start <= value < s.end]
            following = starts[index + 1 : index + 2]
            ends.append(value + size if size else min([*inside, *following], default=value))
        return starts, ends, [name for *_, name in named]

    def _content(self, section: _Section) -> memoryview:
        if section.offset + section.size > len(self._data):
            raise self._refused("a section reaches past the end of the file")
        return self._data[section.offset : section.offset + section.size]

    def _unpack(self, form: str, offset: int) -> tuple[int, ...]:
        if offset + struct.calcsize(form) > len(self._data):
            raise self._refused("it is cut off")
        return struct.unpack_from(form, self._data, offset)

    def _refused(self, why: str) -> ZeroosError:
        return error(
            "ZOS602",
            f"cannot load `{self.path}`: {why}",
            help="give an image that `zeroos-build build` or `link` made",
        )


def _string(names: bytes, offset: int) -> str:
    limit = offset + 4096
    end = names.find(b"\0", offset, limit)
    return names[offset : end if end >= 0 else limit].decode("utf-8", "backslashreplace")
