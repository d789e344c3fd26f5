# SPDX-License-Identifier: MIT OR Apache-2.0
"""Comparing an image with `[budget]`: the difference, and what there is most of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zeroos_build.backtrace.names import demangle
from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding
from zeroos_build.elf import constants as c
from zeroos_build.sizes import format_size

_SHOWN = 5


def over(
    key: str, what: str, used: int, allowed: int, contributors: Iterable[tuple[int, str]], help: str
) -> Finding:
    """A finding about bytes above a budget."""
    return Finding(
        ("budget", key),
        f"{what} {used} bytes, {used - allowed} more than the budget of {format_size(allowed)}",
        help,
        (most_of(contributors, "bytes"),),
    )


def most_of(contributors: Iterable[tuple[int, str]], unit: str) -> str:
    """The biggest contributors in a sentence."""
    rows = sorted(contributors, key=lambda row: (-row[0], row[1]))[:_SHOWN]
    return "most: " + ", ".join(f"{name} {amount} {unit}" for amount, name in rows)


def loaded_bytes(subject: Built) -> Iterator[tuple[int, str]]:
    """What each object has of the bytes that are loaded from the file."""
    sizes: dict[str, int] = {}
    ranges = [(s.address, s.address + s.file_size) for s in subject.image.loads]
    for piece in subject.pieces:
        if any(start <= piece.address < end for start, end in ranges):
            sizes[piece.object] = sizes.get(piece.object, 0) + piece.size
    for name, size in sizes.items():
        yield size, name


def code_bytes(subject: Built) -> Iterator[tuple[int, str]]:
    """What each function has of the code, under one of its names."""
    functions = [
        s
        for s in subject.image.symbols
        if s.type == c.STT_FUNC and s.size and s.section != c.SHN_UNDEF
    ]
    end = 0
    sizes: dict[str, int] = {}
    for symbol in sorted(functions, key=lambda s: (s.address, -s.size, s.bind == c.STB_LOCAL)):
        # Aliases, and parts of something that was counted.
        if symbol.address >= end:
            end = symbol.address + symbol.size
            name = demangle(symbol.name)
            sizes[name] = sizes.get(name, 0) + symbol.size
    for name, size in sizes.items():
        yield size, f"`{name}`"
