# SPDX-License-Identifier: MIT OR Apache-2.0
"""Makes definitions in an archive's objects weak, so that a program's own ones replace them."""

from __future__ import annotations

import struct
from collections.abc import Callable

from zeroos_build.elf import constants as c
from zeroos_build.elf.archive import members

# Places of e_shoff, e_shentsize and e_shnum; of sh_type, sh_offset, sh_size, sh_link; of st_name,
# st_info, st_shndx and the size of a symbol: gABI, chapter 4.
_HEADER = {64: ("<Q", 0x28, 0x3A), 32: ("<I", 0x20, 0x2E)}
_SECTION = {64: ("<IIQQQQII", (1, 4, 5, 6)), 32: ("<IIIIIIII", (1, 4, 5, 6))}
_SYMBOL = {64: ("<IBBHQQ", (0, 1, 3)), 32: ("<IIIBBH", (0, 3, 5))}
_INFO_AT = {64: 4, 32: 12}


def weaken(archive: bytes, wanted: Callable[[str], bool], name: str) -> bytes:
    """The archive with the global definitions that `wanted` picks by name made weak.

    One byte per symbol changes. The archive's index stays right: weak definitions are in it.
    """
    out = bytearray(archive)
    # The members are views of `out`.
    for member in members(out, name):
        for place, symbol, info, section in _symbols(member.data):
            if info >> 4 == c.STB_GLOBAL and section != c.SHN_UNDEF and wanted(symbol):
                member.data[place] = c.STB_WEAK << 4 | info & 15
    return bytes(out)


def _symbols(view: memoryview) -> list[tuple[int, str, int, int]]:
    """(place of st_info, name, st_info, st_shndx) of an object that our own compiler made."""
    if bytes(view[:4]) != b"\x7fELF":
        return []
    xlen = 64 if view[4] == 2 else 32
    form, at, size_at = _HEADER[xlen]
    (table,) = struct.unpack_from(form, view, at)
    entry, count = struct.unpack_from("<HH", view, size_at)
    section_form, fields = _SECTION[xlen]
    sections = []
    for index in range(count):
        row = struct.unpack_from(section_form, view, table + index * entry)
        sections.append(tuple(row[field] for field in fields))
    found = []
    symbol_form, (name_field, info_field, section_field) = _SYMBOL[xlen]
    size = struct.calcsize(symbol_form)
    for kind, offset, length, link in sections:
        if kind != c.SHT_SYMTAB:
            continue
        strings = bytes(view[sections[link][1] :][: sections[link][2]])
        for place in range(offset, offset + length, size):
            row = struct.unpack_from(symbol_form, view, place)
            start = row[name_field]
            symbol = strings[start : strings.index(b"\0", start)].decode("utf-8", "replace")
            found.append((place + _INFO_AT[xlen], symbol, row[info_field], row[section_field]))
    return found
