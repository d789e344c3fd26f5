# SPDX-License-Identifier: MIT OR Apache-2.0
"""Lists of system calls for the guest (guest/main.c), and what it says of them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

_HEAD, _CALL = struct.Struct("<II"), struct.Struct("<iiiI6q")
POKE, PEEK, STATUS, NAMES = -1, -2, -3, -4
SLOTS = 64
MOST = 4096  # calls of a list
_NUMBER, _SLOT, _DATA, _BUFFER = range(4)


@dataclass(frozen=True)
class Slot:
    """The result of an earlier call, plus a number below 2^40."""

    index: int
    offset: int = 0


@dataclass(frozen=True)
class Buffer:
    """A place in the guest's buffer for results."""

    offset: int = 0


@dataclass(frozen=True)
class Call:
    """`shown` bytes of the buffer are printed, -1: as many as the result says."""

    number: int
    args: tuple[int | Slot | Buffer | bytes, ...]
    slot: int = -1
    shown: int = 0
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name or self.number}{self.args}" + (
            f" -> slot {self.slot}" if self.slot >= 0 else ""
        )


@dataclass
class _Data:
    """Bytes that arguments point to, 16-aligned, each once."""

    parts: list[bytes] = field(default_factory=list)
    places: dict[bytes, int] = field(default_factory=dict)
    size: int = 0

    def place(self, part: bytes) -> int:
        if part not in self.places:
            self.places[part] = self.size
            padded = part + bytes(-len(part) % 16)
            self.parts.append(padded)
            self.size += len(padded)
        return self.places[part]


def encode(calls: Sequence[Call]) -> bytes:
    """The guest's input."""
    data, rows = _Data(), []
    for call in calls:
        kinds, values = 0, []
        for index in range(6):
            argument = call.args[index] if index < len(call.args) else 0
            if isinstance(argument, Slot):
                kind, value = _SLOT, argument.index << 40 | argument.offset
            elif isinstance(argument, Buffer):
                kind, value = _BUFFER, argument.offset
            elif isinstance(argument, bytes):
                kind, value = _DATA, data.place(argument)
            else:
                kind, value = _NUMBER, argument
            kinds |= kind << 4 * index
            values.append(value)
        rows.append(_CALL.pack(call.number, call.slot, call.shown, kinds, *values))
    assert len(rows) <= MOST
    return b"".join([_HEAD.pack(len(rows), data.size), *rows, *data.parts])


@dataclass(frozen=True)
class Answer:
    """The result and what was shown, as words; None: an earlier call had failed."""

    result: int | None
    shown: tuple[str, ...]


def decode(text: bytes) -> list[Answer]:
    """What the guest printed, call by call."""
    found = []
    for index, line in enumerate(text.decode().splitlines()):
        number, result, *shown = line.split()
        assert int(number) == index, line
        found.append(Answer(None if result == "moot" else int(result), tuple(shown)))
    return found
