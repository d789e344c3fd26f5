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

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.elf import constants as c

# Larger than any page of any machine; padding is written out, so it must be bounded.
_MAX_ALIGN = 1 << 21
_EHDR = {64: struct.Struct("<16sHHIQQQIHHHHHH"), 32: struct.Struct("<16sHHIIIIIHHHHHH")}
_SHDR = {64: struct.Struct("<IIQQQQIIQQ"), 32: struct.Struct("<IIIIIIIIII")}
_SYM = {64: struct.Struct("<IBBHQQ"), 32: struct.Struct("<IIIBBH")}
_RELA = {64: struct.Struct("<QQq"), 32: struct.Struct("<IIi")}
_WORD = {64: struct.Struct("<Q"), 32: struct.Struct("<I")}


@dataclass(slots=True)
class Section:
    """A section; `data` is empty for NOBITS, whose `size` stands alone."""

    index: int
    name: str
    type: int
    flags: int
    data: bytearray
    size: int
    link: int
    info: int
    align: int
    entsize: int
    addr: int = 0

    @property
    def executable(self) -> bool:
        """Holds code that will be loaded."""
        wanted = c.SHF_ALLOC | c.SHF_EXECINSTR
        return self.flags & wanted == wanted and self.type == c.SHT_PROGBITS


@dataclass(slots=True)
class Symbol:
    """A symbol; `section` is a section index or one of the SHN_ numbers."""

    name: str
    value: int
    size: int
    bind: int
    type: int
    other: int
    section: int

    @property
    def local(self) -> bool:
        """Seen by this object only."""
        return self.bind == c.STB_LOCAL

    @property
    def defined(self) -> bool:
        """Has a place in one of this object's sections."""
        return c.SHN_UNDEF < self.section < c.SHN_LORESERVE

    @property
    def visibility(self) -> int:
        """STV_DEFAULT, STV_HIDDEN, ..."""
        return self.other & 3


@dataclass(slots=True)
class Relocation:
    """A relocation; `symbol` is an index into `Relocatable.symbols`."""

    offset: int
    type: int
    symbol: int
    addend: int


@dataclass(slots=True)
class Group:
    """A section group: its members live and die together."""

    section: int
    comdat: bool
    members: list[int]


def malformed(name: str, what: str) -> ZeroosError:
    """The error for a file that contradicts itself."""
    return error(
        "ZOS410",
        f"`{name}` is not a well-formed object: {what}",
        notes=["it may be cut off or damaged; nothing of it was used"],
        help="build it again",
    )


@dataclass
class Relocatable:
    """An object in memory. Change sections and symbols freely, then call `to_bytes`."""

    name: str
    xlen: int
    flags: int
    sections: list[Section]
    symbols: list[Symbol]
    first_global: int
    symtab: int
    changed: bool = False  # some content was dropped while preparing
    _relocations: dict[int, list[Relocation]] = field(default_factory=dict)

    # -- reading ---------------------------------------------------------------------------

    @classmethod
    def parse(cls, data: bytes | memoryview, name: str) -> Relocatable:
        """Read an object; ZOS410 when malformed, ZOS411 when it is not little-endian RISC-V."""
        return _Parser(bytes(data), name).parse()

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
            layout = _RELA[self.xlen]
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
        for group in self.groups:
            if index in group.members:
                group.members.append(member.index)
                member.flags |= c.SHF_GROUP
                self.sections[group.section].data += struct.pack("<I", member.index)

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
        return _Writer(self).to_bytes()


class _Parser:
    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.name = data, name

    def parse(self) -> Relocatable:
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
        header = _EHDR[xlen]
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
        if shentsize != _SHDR[xlen].size or shoff + shnum * shentsize > len(data):
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
        symbols, first_global, symtab = self._symbols(xlen, sections, tables)
        for section in sections:
            if section.type == c.SHT_RELA and section.link != symtab:
                raise malformed(self.name, f"`{section.name}` uses another symbol table")
        return Relocatable(self.name, xlen, flags, sections, symbols, first_global, symtab)

    def _sections(self, xlen: int, shoff: int, shnum: int, shstrndx: int) -> list[Section]:
        raw = list(_SHDR[xlen].iter_unpack(self.data[shoff : shoff + shnum * _SHDR[xlen].size]))
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
    ) -> tuple[list[Symbol], int, int]:
        if not tables:
            return [Symbol("", 0, 0, 0, 0, 0, 0)], 1, 0
        table = tables[0]
        layout = _SYM[xlen]
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
        return symbols, table.info, table.index


class _Strings:
    """A string table under construction."""

    def __init__(self) -> None:
        self.data = bytearray(b"\0")
        self.offsets = {"": 0}

    def add(self, text: str) -> int:
        offset = self.offsets.get(text)
        if offset is None:
            offset = self.offsets[text] = len(self.data)
            self.data += text.encode("utf-8", "surrogateescape") + b"\0"
        return offset


class _Writer:
    def __init__(self, obj: Relocatable) -> None:
        self.obj = obj

    def to_bytes(self) -> bytes:
        obj = self.obj
        order = sorted(range(len(obj.symbols)), key=lambda i: not obj.symbols[i].local)
        moved = {old: new for new, old in enumerate(order)}
        if obj.symtab == 0 and len(obj.symbols) > 1:
            self._create_symtab()
        self._write_relocations(moved)
        self._renumber(moved)
        if obj.symtab:
            self._write_symbols(order)
        return self._layout()

    def _create_symtab(self) -> None:
        obj = self.obj
        strings = obj.add_section(".strtab", c.SHT_STRTAB, 0, b"", 1)
        table = obj.add_section(".symtab", c.SHT_SYMTAB, 0, b"", 8)
        table.link, table.entsize = strings.index, _SYM[obj.xlen].size
        obj.symtab = table.index

    def _write_relocations(self, moved: dict[int, int]) -> None:
        obj = self.obj
        layout = _RELA[obj.xlen]
        shift = 32 if obj.xlen == 64 else 8
        identity = all(old == new for old, new in moved.items())
        if not identity:
            for target in obj.relocation_sections:
                obj.relocations(target)
        for target, entries in list(obj._relocations.items()):
            index = obj.relocation_sections.get(target)
            if index is None:
                if not entries:
                    continue
                section = obj.add_section(
                    ".rela" + obj.sections[target].name, c.SHT_RELA, c.SHF_INFO_LINK, b"",
                    obj.xlen // 8,
                )  # fmt: skip
                section.info, section.entsize = target, layout.size
                section.link = obj.symtab
                obj.join_group_of(target, section)
                obj.relocation_sections[target] = index = section.index
            out = bytearray()
            for item in entries:
                info = moved[item.symbol] << shift | item.type
                out += layout.pack(item.offset, info, item.addend)
            obj.sections[index].data = out

    def _renumber(self, moved: dict[int, int]) -> None:
        for section in self.obj.sections:
            if section.type == c.SHT_GROUP and section.link == self.obj.symtab:
                if section.info not in moved:
                    raise malformed(self.obj.name, f"`{section.name}` has no signature")
                section.info = moved[section.info]
            elif section.type == c.SHT_LLVM_ADDRSIG:
                section.data = _renumber_uleb(section.data, moved, self.obj.name)

    def _write_symbols(self, order: list[int]) -> None:
        obj = self.obj
        table = obj.sections[obj.symtab]
        layout = _SYM[obj.xlen]
        strings = _Strings()
        out = bytearray()
        for index in order:
            s = obj.symbols[index]
            name, info = strings.add(s.name), s.bind << 4 | s.type
            if obj.xlen == 64:
                out += layout.pack(name, info, s.other, s.section, s.value, s.size)
            else:
                out += layout.pack(name, s.value, s.size, info, s.other, s.section)
        table.data = out
        table.info = sum(1 for s in obj.symbols if s.local)
        holder = obj.sections[table.link]
        shared = any(
            s.link == holder.index and s.type not in (c.SHT_SYMTAB, c.SHT_NULL)
            for s in obj.sections
        )
        if shared or holder.type != c.SHT_STRTAB:
            raise malformed(obj.name, "its string table serves two masters")
        holder.data = strings.data

    def _layout(self) -> bytes:
        obj = self.obj
        if len(obj.sections) >= c.SHN_LORESERVE:
            raise error("ZOS416", f"`{obj.name}` would need more than 65279 sections")
        names = _Strings()
        # A string table of its own for section names: .strtab may have been rewritten above.
        header_names = obj.add_section(".shstrtab", c.SHT_STRTAB, 0, b"", 1)
        offsets = [names.add(s.name) for s in obj.sections]
        header_names.data = names.data
        header = _EHDR[obj.xlen]
        out = bytearray(header.size)
        rows = []
        for section, name in zip(obj.sections, offsets, strict=True):
            if section.type == c.SHT_NULL:
                rows.append((0,) * 10)
                continue
            align = max(section.align, 1)
            out += bytes(-len(out) % align)
            size = section.size if section.type == c.SHT_NOBITS else len(section.data)
            rows.append(
                (name, section.type, section.flags, section.addr, len(out), size, section.link,
                 section.info, section.align, section.entsize)
            )  # fmt: skip
            if section.type != c.SHT_NOBITS:
                out += section.data
        out += bytes(-len(out) % 8)
        table = len(out)
        for row in rows:
            out += _SHDR[obj.xlen].pack(*row)
        ident = b"\x7fELF" + bytes((2 if obj.xlen == 64 else 1, 1, 1)) + bytes(9)
        header.pack_into(
            out, 0, ident, c.ET_REL, c.EM_RISCV, 1, 0, 0, table, obj.flags, header.size, 0, 0,
            _SHDR[obj.xlen].size, len(rows), header_names.index,
        )  # fmt: skip
        return bytes(out)


def _renumber_uleb(data: bytearray, moved: dict[int, int], name: str) -> bytearray:
    """Renumber a list of ULEB128 symbol indices."""
    out = bytearray()
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if shift > 35:
            raise malformed(name, "its address-significance table is damaged")
        if byte & 0x80:
            continue
        if value not in moved:
            raise malformed(name, "its address-significance table names a symbol not there")
        number = moved[value]
        while True:
            out.append(number & 0x7F | (0x80 if number > 0x7F else 0))
            number >>= 7
            if not number:
                break
        value = shift = 0
    return out
