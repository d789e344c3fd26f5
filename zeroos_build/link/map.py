# SPDX-License-Identifier: MIT OR Apache-2.0
"""Where the linker put what: the maps of lld and of GNU ld."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# lld's map: address, load address, size, alignment, then what it is, by indentation.
_MAP_LINE = re.compile(r"\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s+\d+ {9}(\S.*):\((\S+)\)$")
# GNU ld's: section, address, size, file; the section stands on a line of its own if it is long.
_GNU_LINE = re.compile(r" (\.\S+|COMMON) +0x([0-9a-f]+) +0x([0-9a-f]+) (\S.*)$")
_GNU_LONG = re.compile(r" (\.\S+)$")
# Sections that are in the file and not in the image; both maps give them addresses from 0 on.
_UNLOADED = (".zeroos.sites", ".debug_", ".note", ".comment", ".symtab", ".strtab", ".shstrtab")
_MEMBER = re.compile(r"(.*)\((.*)\)$")
# `lowered/000_main.c.o` and `obj/main.c.o`: the build's own directories and numbers.
_BUILD = re.compile(r"(?:lowered/\d{3,}_|obj/)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A section of an object as it lies in an image; `owner` is a file or `archive(member)`."""

    section: str
    address: int
    size: int
    owner: str

    @property
    def library(self) -> str:
        """The archive's name, else the object's."""
        match = _MEMBER.match(self.owner)
        return _given(match[1]) if match else self.object

    @property
    def object(self) -> str:
        """As reports name it: `main.c.o`, `libc.a(stdio_puts.o)`."""
        match = _MEMBER.match(self.owner)
        if match:
            return f"{_given(match[1])}({match[2]})"
        return _given(self.owner)

    @property
    def part(self) -> str:
        """A subsystem of the libOS (`libos.vfs`), `libc`, `builtins`, `bootloader`, `program`."""
        return _part(self.owner)


@cache
def _part(owner: str) -> str:
    match = _MEMBER.match(owner)
    if match is None:
        name = Path(owner).name
        if name.startswith("zeroos_"):
            return "image" if "image" in name else "bootloader"
        return "libc" if name == "crt1.o" else "program"
    archive, member = Path(match[1]), match[2]
    # The cache keeps the libOS and the choices of it as `libos/DIGEST/NAME.a`.
    if archive.parent.parent.name == "libos":
        return "libos." + member.partition("_")[0]
    return {"libc.a": "libc", "builtins.a": "builtins"}.get(archive.name, "program")


def _given(file: str) -> str:
    """A file as the project names it: without the build's directory, or its name alone."""
    name = _BUILD.sub("", file)
    return Path(name).name if name == file else name


def read_map(file: Path) -> list[Piece]:
    """What is loaded, by address; nothing if there is no map."""
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    found = [piece for piece in _placed(lines) if piece.address and piece.size]
    return [piece for piece in found if not piece.section.startswith(_UNLOADED)]


def part_sizes(file: Path) -> dict[str, int]:
    """Loaded bytes by where they come from: subsystems of the libOS, libc, builtins, program."""
    sizes: dict[str, int] = {}
    for piece in read_map(file):
        sizes[piece.part] = sizes.get(piece.part, 0) + piece.size
    return dict(sorted(sizes.items()))


def _placed(lines: list[str]) -> Iterator[Piece]:
    """Every input section, from the map of either linker."""
    before = ""
    for line in lines:
        if found := _MAP_LINE.match(line):
            yield Piece(found[4], int(found[1], 16), int(found[2], 16), found[3])
        elif found := _GNU_LINE.match(before + line):
            yield Piece(found[1], int(found[2], 16), int(found[3], 16), found[4])
        long = _GNU_LONG.match(line)
        before = f" {long[1]} " if long else ""
