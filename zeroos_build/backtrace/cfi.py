# SPDX-License-Identifier: MIT OR Apache-2.0
"""Unwinding by call frame information, where an image has it.

Compilers write it with `-g`. pyelftools decodes every record of a section, which takes seconds
for a large program; so the records are found by their heads, and pyelftools gets one of them
with the common record that it refers to. Formats: DWARF 5, section 6.4; Linux Standard Base
Core 5.0, section 10.6 for `.eh_frame`.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from functools import cached_property
from typing import Any

from zeroos_build.backtrace.rules import PRESERVED, Rule
from zeroos_build.elf.image import Image
from zeroos_build.riscv import registers as r

_CIE = 0xFFFFFFFF
# Lengths from here on are escapes; no linker of ours writes the 64-bit format.
_LONG = 0xFFFFFFF0


class FrameInformation:
    """The call frame information of an image; hostile or unknown records are as if absent."""

    def __init__(self, image: Image) -> None:
        self._image = image
        self._rows: dict[int, tuple[Any, list[dict[Any, Any]]] | None] = {}

    def rule(self, pc: int, *, returned_to: bool) -> Rule | None:
        """The rule for a frame at `pc`; None where the image does not describe it."""
        place = pc - 1 if returned_to else pc
        starts, records = self._index
        position = bisect_right(starts, place) - 1
        if position < 0:
            return None
        start, size, record, common = records[position]
        if place >= start + size:
            return None
        if record not in self._rows:
            self._rows[record] = self._decoded(record, common)
        found = self._rows[record]
        if found is None:
            return None
        return_register, rows = found
        row = next((row for row in reversed(rows) if row["pc"] <= place), None)
        return None if row is None else _rule(row, return_register, returned_to)

    @cached_property
    def _section(self) -> bytes:
        section = self._image.section(".debug_frame")
        return b"" if section is None else self._image.content(section)

    @cached_property
    def _index(self) -> tuple[list[int], list[tuple[int, int, int, int]]]:
        """By address: first address, bytes, where the record and its common record start."""
        data, word = self._section, struct.Struct("<Q" if self._image.xlen == 64 else "<I")
        found, position = [], 0
        while position + 8 + 2 * word.size <= len(data):
            length, identifier = struct.unpack_from("<II", data, position)
            if length >= _LONG:
                break
            if identifier != _CIE and identifier < len(data):
                (start,) = word.unpack_from(data, position + 8)
                (size,) = word.unpack_from(data, position + 8 + word.size)
                # What the linker collected has address 0.
                if start and size:
                    found.append((start, size, position, identifier))
            position += 4 + length
        found.sort()
        return [row[0] for row in found], found

    def _decoded(self, record: int, common: int) -> tuple[int, list[dict[Any, Any]]] | None:
        """The return address register and the rows of one record."""
        from elftools.dwarf.callframe import FDE, CallFrameInfo
        from elftools.dwarf.structs import DWARFStructs

        data = self._section
        try:
            head, body = (_record(data, place) for place in (common, record))
            # The two alone: the common record stands first.
            alone = head + body[:4] + bytes(4) + body[8:]
            structs = DWARFStructs(
                little_endian=True, dwarf_format=32, address_size=self._image.xlen // 8
            )
            entries = CallFrameInfo(
                stream=io.BytesIO(alone), size=len(alone), address=0, base_structs=structs
            ).get_entries()
            entry = next(entry for entry in entries if isinstance(entry, FDE))
            assert entry.cie is not None
            register = int(entry.cie["return_address_register"])
            return register, list(entry.get_decoded().table)
        except Exception:
            # pyelftools raises whatever comes when a record is damaged.
            return None


def _record(data: bytes, place: int) -> bytes:
    (length,) = struct.unpack_from("<I", data, place)
    return data[place : place + 4 + length]


def _rule(row: dict[Any, Any], return_register: int, returned_to: bool) -> Rule | None:
    cfa = row["cfa"]
    if cfa.reg is None or cfa.offset is None:
        return None
    kept = set(PRESERVED) if returned_to else {*PRESERVED, r.RA}
    saved = {}
    for register, rule in row.items():
        if not isinstance(register, int) or not 0 < register < 32:
            continue
        if rule.type == "SAME_VALUE":
            kept.add(register)
            continue
        kept.discard(register)
        if rule.type == "OFFSET":
            saved[register] = rule.arg
    return Rule(cfa.reg, cfa.offset, frozenset(kept), saved, pc=return_register)
