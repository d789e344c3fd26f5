# SPDX-License-Identifier: MIT OR Apache-2.0
"""Relocatable objects: read, add code, symbols and relocations, write.

Objects are hostile input: every offset and count is checked before use, and nothing is
allocated by a size that the file does not hold. Sections keep their indices; new ones are
appended. New local symbols go before the globals, so global symbol indices move: relocations,
group signatures and address-significance tables follow when the object is written.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from zeroos_build.elf import constants as c
from zeroos_build.elf.reader import read
from zeroos_build.elf.tables import RELA, Group, Relocation, Section, Symbol, malformed
from zeroos_build.elf.writer import write


@dataclass
class Relocatable:
    """An object in memory. Change sections and symbols freely, then call `to_bytes`."""

    name: str
    xlen: int
    flags: int
    sections: list[Section]
    symbols: list[Symbol]
    symtab: int
    changed: bool = False  # some content was dropped while preparing
    _relocations: dict[int, list[Relocation]] = field(default_factory=dict)

    # -- reading ---------------------------------------------------------------------------

    @classmethod
    def parse(cls, data: bytes | memoryview, name: str) -> Relocatable:
        """Read an object; ZOS410 when malformed, ZOS411 when it is not little-endian RISC-V."""
        return cls(name, *read(bytes(data), name))

    @cached_property
    def relocation_sections(self) -> dict[int, int]:
        """Target section index to the index of its SHT_RELA section."""
        found: dict[int, int] = {}
        for section in self.sections:
            if section.type == c.SHT_RELA:
                if section.info in found:
                    raise malformed(
                        self.name, f"two relocation sections for section {section.info}"
                    )
                found[section.info] = section.index
        return found

    def relocations(self, index: int) -> list[Relocation]:
        """Relocations of a section, in file order; the list may be changed in place."""
        if index in self._relocations:
            return self._relocations[index]
        table = self.relocation_sections.get(index)
        entries: list[Relocation] = []
        if table is not None:
            section = self.sections[table]
            layout = RELA[self.xlen]
            if len(section.data) % layout.size:
                raise malformed(self.name, f"`{section.name}` has a broken size")
            shift, low = (32, 0xFFFFFFFF) if self.xlen == 64 else (8, 0xFF)
            count = len(self.symbols)
            end = max(self.sections[index].size, len(self.sections[index].data))
            for offset, info, addend in layout.iter_unpack(section.data):
                if info >> shift >= count:
                    raise malformed(self.name, f"`{section.name}` names a symbol that is not there")
                if offset > end:
                    raise malformed(self.name, f"`{section.name}` reaches out of its section")
                entries.append(Relocation(offset, info & low, info >> shift, addend))
        self._relocations[index] = entries
        return entries

    @property
    def used_relocations(self) -> dict[int, list[Relocation]]:
        """Section index to its relocations, of the sections whose relocations were asked for."""
        return dict(self._relocations)

    @cached_property
    def groups(self) -> list[Group]:
        """All section groups."""
        found = []
        for section in self.sections:
            if section.type != c.SHT_GROUP:
                continue
            if len(section.data) % 4 or not section.data:
                raise malformed(self.name, f"group `{section.name}` has a broken size")
            words = struct.unpack(f"<{len(section.data) // 4}I", section.data)
            if any(not 0 < member < len(self.sections) for member in words[1:]):
                raise malformed(self.name, f"group `{section.name}` names a section not there")
            found.append(Group(section.index, bool(words[0] & c.GRP_COMDAT), list(words[1:])))
        return found

    def symbols_in(self, index: int) -> Iterator[tuple[int, Symbol]]:
        """(symbol index, symbol) of everything defined in a section."""
        for number, symbol in enumerate(self.symbols):
            if symbol.section == index:
                yield number, symbol

    # -- changing --------------------------------------------------------------------------

    def add_local(self, name: str, section: int, value: int, type: int = c.STT_NOTYPE) -> int:
        """A new local symbol. The index is final only inside this object until it is written:

        new locals are numbered behind all others and moved before the globals by `to_bytes`.
        """
        return self._add(Symbol(name, value, 0, c.STB_LOCAL, type, 0, section))

    def undefined(self, name: str) -> int:
        """The index of the global symbol `name`, added as undefined when it is not there."""
        index = self._globals.get(name)
        if index is None:
            index = self._add(Symbol(name, 0, 0, c.STB_GLOBAL, c.STT_NOTYPE, 0, c.SHN_UNDEF))
            self._globals[name] = index
        return index

    @cached_property
    def _globals(self) -> dict[str, int]:
        return {s.name: i for i, s in enumerate(self.symbols) if not s.local}

    def _add(self, symbol: Symbol) -> int:
        self.symbols.append(symbol)
        return len(self.symbols) - 1

    def add_section(self, name: str, type: int, flags: int, data: bytes, align: int) -> Section:
        """Append a section."""
        section = Section(
            len(self.sections), name, type, flags, bytearray(data), len(data), 0, 0, align, 0
        )
        self.sections.append(section)
        return section

    def join_group_of(self, index: int, member: Section) -> None:
        """Put a new section into the group of section `index`, if that is in one."""
        for group in self._groups_of.get(index, ()):
            group.members.append(member.index)
            member.flags |= c.SHF_GROUP
            self.sections[group.section].data += struct.pack("<I", member.index)

    @cached_property
    def _groups_of(self) -> dict[int, list[Group]]:
        found: dict[int, list[Group]] = {}
        for group in self.groups:
            for member in dict.fromkeys(group.members):
                found.setdefault(member, []).append(group)
        return found

    def drop_content(self, section: Section) -> None:
        """Make a section vanish from links: excluded and empty; indices stay."""
        section.data = bytearray()
        section.size = 0
        section.flags = (section.flags & ~c.SHF_ALLOC) | c.SHF_EXCLUDE
        self._relocations[section.index] = []
        self.changed = True

    # -- writing ---------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """The object as a file."""
        return write(self)
