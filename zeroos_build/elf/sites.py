# SPDX-License-Identifier: MIT OR Apache-2.0
"""`.zeroos.sites`: what lowering did, place by place, carried by objects and images.

The section is not loaded. Its parts are tied to their code sections (SHF_LINK_ORDER), so the
linker's garbage collection keeps exactly the records of code that is in the image, and its
relocations give their final addresses. One record, little endian, 8-byte aligned:

    u64 site      address of the replaced instruction
    u64 thunk     address of its thunk; 0 when it was replaced in place
    u64 resume    where control goes on behind it; 0 when it does not return
    i32 number    the syscall's number; -1 when it is not one constant
    u32 saved     mask of registers that the thunk saves
    u32 kind      SiteKind
    u32 length    bytes of text, then the text: object, function, numbers, entry, by tabs; with
                  a detour also the instructions displaced before and behind the site

A thunk out of reach of its site is reached by a detour: a pair of `auipc` and `jalr` over the site
and neighbours of it, which are executed in the thunk. Control then goes on in the thunk, at the
instructions displaced from behind the site, and only from there back to its section.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from zeroos_build.diagnostics import error

SECTION = ".zeroos.sites"
_HEAD = struct.Struct("<QQQiIII")
HEAD_SIZE = _HEAD.size
_TEXT_LIMIT = 1 << 16


# The function that takes any number that is known at run time only.
DISPATCH = "zeroos_dispatch"
# What the functions are named by which programs make host calls; their names follow.
HOST_CALL = "zeroos_host_call_"


def set_entry(numbers: tuple[int, ...]) -> str:
    """The function that takes one of these numbers only."""
    return "zeroos_set_" + "_".join(map(str, numbers))


def source_name(function: str) -> str:
    """A function's name in its source: GCC names parts and clones of it `f.part.0`, `f.isra.0`.

    C has no dots in names; a name that starts with one is a section's.
    """
    return function.partition(".")[0] or function


class SiteKind(IntEnum):
    """What became of a place."""

    CALL = 1  # one number, its handler called by a thunk
    CONSTANT = 2  # one number, answered in place
    LOAD = 3  # one number, answered by one load
    SET = 4  # a few numbers
    RUN_TIME = 5  # in a forwarder: the number is an argument, known at its call sites
    FRAME = 6  # one number, its handler gets all registers
    NORETURN = 7  # one number, its handler does not return
    HOST_CALL = 8  # left alone: the target's own
    FORWARDED = 9  # a call to a forwarder with these numbers
    FORWARDED_UNKNOWN = 10  # a call to a forwarder with a number known at run time only
    ATOMIC = 11
    FENCE = 12
    PAUSE = 13
    COUNTER = 14
    TRAP = 15
    EDGE = 17  # a site of the libc that is taken only under a condition; calls its own entry
    OPEN = 16  # a number known at run time only, and nothing says which


SYSCALLS = frozenset(
    {SiteKind.CALL, SiteKind.CONSTANT, SiteKind.LOAD, SiteKind.SET, SiteKind.RUN_TIME,
     SiteKind.FRAME, SiteKind.NORETURN, SiteKind.OPEN}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Displaced:
    """An instruction that a detour moved into its thunk: bytes that it had, and its long form."""

    size: int
    word: int

    def __str__(self) -> str:
        return f"{self.size}:{self.word:08x}"

    @classmethod
    def parse(cls, text: str) -> tuple[Displaced, ...]:
        """A list by commas; ValueError when it is none."""
        sizes = {"2": 2, "4": 4}
        pairs = [item.split(":") for item in text.split(",") if item]
        if any(size not in sizes for size, _ in pairs):
            raise ValueError(text)
        return tuple(cls(sizes[size], int(word, 16)) for size, word in pairs)


@dataclass(frozen=True, slots=True)
class Site:
    """One record. `numbers` are all known numbers of a set or of a forwarded call."""

    site: int
    thunk: int
    resume: int
    number: int
    saved: int
    kind: SiteKind
    object: str
    function: str
    numbers: tuple[int, ...] = ()
    entry: str = ""
    before: tuple[Displaced, ...] = ()
    after: tuple[Displaced, ...] = ()

    @property
    def detour(self) -> bool:
        """Neighbours of the site were displaced to make room for a longer jump."""
        return bool(self.before or self.after)

    @property
    def start(self) -> int:
        """The first byte that was replaced."""
        return self.site - sum(item.size for item in self.before)

    @property
    def end(self) -> int:
        """Behind the last byte that was replaced."""
        return self.site + 4 + sum(item.size for item in self.after)

    @property
    def entered(self) -> int:
        """Where all registers are as they were at the site."""
        return self.thunk + 4 * len(self.before) if self.detour else self.site

    def encode(self) -> bytes:
        """The record's bytes; addresses are filled in by relocations when objects carry it."""
        numbers = ",".join(map(str, self.numbers))
        fields = [self.object, self.function, numbers, self.entry]
        if self.detour:
            fields += [",".join(map(str, side)) for side in (self.before, self.after)]
        text = "\t".join(fields).encode("utf-8", "backslashreplace")[:_TEXT_LIMIT]
        head = _HEAD.pack(
            self.site, self.thunk, self.resume, self.number, self.saved, self.kind, len(text)
        )
        return head + text + bytes(-len(text) % 8)


def decode(data: bytes | memoryview, name: str) -> Iterator[Site]:
    """The records of a section; ZOS510 when they are damaged."""
    view = memoryview(data)
    position = 0
    while position < len(view):
        if position + HEAD_SIZE > len(view):
            raise _damaged(name)
        site, thunk, resume, number, saved, kind, length = _HEAD.unpack_from(view, position)
        position += HEAD_SIZE
        if length > _TEXT_LIMIT or position + length > len(view):
            raise _damaged(name)
        try:
            fields = bytes(view[position : position + length]).decode().split("\t")
            owner, function, numbers, entry, *displaced = fields
            before, after = (Displaced.parse(side) for side in displaced or ("", ""))
            known = tuple(int(part) for part in numbers.split(",") if part)
            yield Site(
                site, thunk, resume, number, saved, SiteKind(kind), owner, function, known, entry,
                before, after,
            )  # fmt: skip
        except ValueError as problem:
            raise _damaged(name) from problem
        position += length + -length % 8


def _damaged(name: str) -> Exception:
    return error(
        "ZOS510", f"`{name}`: the record of syscall sites is damaged", help="build it again"
    )
