# SPDX-License-Identifier: MIT OR Apache-2.0
"""The instructions of an object's code sections, and what is data between them."""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cached_property

from zeroos_build.diagnostics import error
from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.tables import Section, Symbol
from zeroos_build.lower.names import Names
from zeroos_build.riscv.decode import Instruction, decode
from zeroos_build.riscv.names import extension_in_words


class Decoding:
    """Code sections, decoded when they are asked for."""

    def __init__(self, obj: Relocatable, names: Names) -> None:
        self.obj, self.names = obj, names
        self._code: dict[int, list[tuple[int, Instruction]]] = {}
        # Per section, where the zeroes at its end start.
        self._zeroes: dict[int, int] = {}

    def code(self, index: int) -> list[tuple[int, Instruction]]:
        """(offset, instruction) of a code section without its data; ZOS420 if it cannot be read."""
        if index not in self._code:
            self._code[index] = self._decode(self.obj.sections[index])
        return self._code[index]

    def forget(self, section: Section) -> None:
        """To be called when a section's bytes have changed."""
        self._code.pop(section.index, None)
        self._zeroes.pop(section.index, None)

    def _decode(self, section: Section) -> list[tuple[int, Instruction]]:
        xlen, data = self.obj.xlen, bytes(section.data) + b"\0\0"
        compressed = bool(self.obj.flags & c.EF_RISCV_RVC)
        out = []
        for start, end, certain in self._code_ranges(section):
            offset = start
            while offset < end:
                word = struct.unpack_from("<I", data, offset)[0] if offset + 4 <= len(data) else 0
                instruction = decode(word, xlen)
                if (
                    instruction is None
                    or offset + instruction.size > end
                    or (instruction.size == 2 and not compressed)
                    # Zeros in unmarked code are more likely data than a trap.
                    or (word & 0xFFFF == 0 and not certain)
                ):
                    if self._is_padding(section, offset):
                        break
                    offset = self._resume(section, offset, end, certain)
                    continue
                out.append((offset, instruction))
                offset += instruction.size
        return out

    def _is_padding(self, section: Section, offset: int) -> bool:
        """Zeroes up to the end of an aligned section: GNU as fills it so, marked as code."""
        if section.index not in self._zeroes:
            self._zeroes[section.index] = len(section.data.rstrip(b"\0"))
        rest = len(section.data) - offset
        return rest < section.align and offset >= self._zeroes[section.index]

    def padding(self, section: Section) -> int | None:
        """Where an assembler filled a code section up with zeroes; None where it did not."""
        step = 2 if self.obj.flags & c.EF_RISCV_RVC else 4
        if section.align <= step or any(section.data[-step:]) or not section.data:
            return None
        ranges = self._code_ranges(section)
        if not ranges:
            return None
        start, end, certain = ranges[-1]
        code = self.code(section.index)
        if not certain or end != len(section.data) or not code or code[-1][0] < start:
            return None
        offset = code[-1][0] + code[-1][1].size
        return offset if offset < end and self._is_padding(section, offset) else None

    def _resume(self, section: Section, offset: int, end: int, certain: bool) -> int:
        """Where decoding can go on behind something that is no instruction.

        Old assemblers write no mapping symbols, so data may stand in text unmarked; then the
        next function is the place. What is skipped must not be able to hide a site.
        """
        following = end
        if not certain:
            starts = self.function_starts.get(section.index, [])
            position = bisect_right(starts, offset)
            following = starts[position] if position < len(starts) else end
            if not may_need_lowering(section.data[offset:following], True):
                return following
        word = bytes(section.data[offset : offset + 4])
        known = extension_in_words(int.from_bytes(word, "little"))
        what = f", {known}," if known else ""
        raise error(
            "ZOS420",
            f"`{self.obj.name}`: cannot decode {word[::-1].hex() or 'nothing'}{what} in "
            f"{self.names.describe(section.index, offset)}",
            notes=["code that cannot be read could hide a system call, so it is not passed on"],
            help="compile it for the target's ISA"
            if known
            else "mark data in code sections as data, or leave this object out",
        )

    def _code_ranges(self, section: Section) -> list[tuple[int, int, bool]]:
        """(start, end, marked by mapping symbols) of what is code."""
        size = len(section.data)
        marks = sorted(
            (symbol.value, not symbol.name.startswith("$d"))
            for symbol in self._mapping_symbols.get(section.index, ())
            if symbol.value <= size
        )
        if not marks:
            return [(0, size, False)]
        if marks[0][0] > 0:
            marks.insert(0, (0, True))
        ends = [value for value, _ in marks[1:]] + [size]
        return [
            (start, end, True)
            for (start, is_code), end in zip(marks, ends, strict=True)
            if is_code and start < end
        ]

    @cached_property
    def _mapping_symbols(self) -> dict[int, list[Symbol]]:
        found: dict[int, list[Symbol]] = {}
        for symbol in self.obj.symbols:
            if symbol.name.startswith(("$x", "$d")) and symbol.local:
                found.setdefault(symbol.section, []).append(symbol)
        return found

    def marked(self, index: int) -> bool:
        """Whether mapping symbols say what is data in a section."""
        return index in self._mapping_symbols

    @cached_property
    def function_starts(self) -> dict[int, list[int]]:
        """Per section the offsets of functions, ascending."""
        found: dict[int, list[int]] = {}
        for symbol in self.obj.symbols:
            if symbol.type == c.STT_FUNC and symbol.defined:
                found.setdefault(symbol.section, []).append(symbol.value)
        return {index: sorted(set(values)) for index, values in found.items()}


def may_need_lowering(data: bytes | bytearray, compressed: bool) -> bool:
    """Whether code bytes can hold anything that lowering looks at: SYSTEM, AMO, MISC-MEM.

    Looks at the low byte of every parcel only, so it may say yes for nothing, never no.
    """
    lows = set(data[0::2] if compressed else data[0::4])
    return not lows.isdisjoint(_OPCODES) or (compressed and not lows.isdisjoint((0, 2)))


_OPCODES = frozenset(low for opcode in (0x73, 0x2F, 0x0F) for low in (opcode, opcode | 0x80))
