# SPDX-License-Identifier: MIT OR Apache-2.0
"""A relocatable object written as a file; local symbols move before the global ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroos_build.diagnostics import error
from zeroos_build.elf import constants as c
from zeroos_build.elf.tables import EHDR, RELA, SHDR, SYM, malformed

if TYPE_CHECKING:
    from zeroos_build.elf.relocatable import Relocatable


def write(obj: Relocatable) -> bytes:
    """The object as a file; sections without changes keep their bytes."""
    return _Writer(obj).to_bytes()


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
        table.link, table.entsize = strings.index, SYM[obj.xlen].size
        obj.symtab = table.index

    def _write_relocations(self, moved: dict[int, int]) -> None:
        obj = self.obj
        layout = RELA[obj.xlen]
        shift = 32 if obj.xlen == 64 else 8
        identity = all(old == new for old, new in moved.items())
        if not identity:
            for target in obj.relocation_sections:
                obj.relocations(target)
        for target, entries in obj.used_relocations.items():
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
            elif section.type == c.SHT_LLVM_ADDRSIG and section.link == self.obj.symtab:
                # Without its link it is out of date (GNU strip and objcopy); lld leaves it alone.
                section.data = _renumber_uleb(section.data, moved, self.obj.name)

    def _write_symbols(self, order: list[int]) -> None:
        obj = self.obj
        table = obj.sections[obj.symtab]
        layout = SYM[obj.xlen]
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
        header = EHDR[obj.xlen]
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
            out += SHDR[obj.xlen].pack(*row)
        ident = b"\x7fELF" + bytes((2 if obj.xlen == 64 else 1, 1, 1)) + bytes(9)
        header.pack_into(
            out, 0, ident, c.ET_REL, c.EM_RISCV, 1, 0, 0, table, obj.flags, header.size, 0, 0,
            SHDR[obj.xlen].size, len(rows), header_names.index,
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
