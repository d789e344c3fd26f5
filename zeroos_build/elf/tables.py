# SPDX-License-Identifier: MIT OR Apache-2.0
"""The tables of a relocatable object, and their layouts in a file by register width."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.elf import constants as c

EHDR = {64: struct.Struct("<16sHHIQQQIHHHHHH"), 32: struct.Struct("<16sHHIIIIIHHHHHH")}
SHDR = {64: struct.Struct("<IIQQQQIIQQ"), 32: struct.Struct("<IIIIIIIIII")}
SYM = {64: struct.Struct("<IBBHQQ"), 32: struct.Struct("<IIIBBH")}
RELA = {64: struct.Struct("<QQq"), 32: struct.Struct("<IIi")}


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
