# SPDX-License-Identifier: MIT OR Apache-2.0
"""Malformed bundles: one of each kind, and random ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from zeroos_build.bundle import Bundle, pack

FILE, DIRECTORY, LINK = 0o100644, 0o40755, 0o120777
FIELDS = ("inode", "mode", "uid", "gid", "links", "mtime", "size", "major", "minor",
          "rmajor", "rminor", "name_size", "check")  # fmt: skip


def entry(name: bytes, data: bytes = b"", mode: int = FILE, **fields: int) -> bytes:
    """One entry; `fields` overrule what is right."""
    values = dict.fromkeys(FIELDS, 0) | {
        "mode": mode, "links": 1, "size": len(data), "name_size": len(name) + 1,
    } | fields  # fmt: skip
    head = b"070701" + b"".join(b"%08x" % values[field] for field in FIELDS) + name + b"\0"
    return padded(head) + padded(data)


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


TRAILER = entry(b"TRAILER!!!", mode=0)


def archive(*entries: bytes) -> bytes:
    return b"".join(entries) + TRAILER


ARGS = entry(b"args", b"one\0two\0")
ENV = entry(b"env", b"A=1\0B=2\0")
STDIN = entry(b"stdin", b"some input\n")

# What an image refuses that takes arguments, environment, files and standard input.
MALFORMED: dict[str, bytes] = {
    "empty": b"",
    "bad-magic": archive(ARGS).replace(b"070701", b"070702", 1),
    "no-hexadecimal-number": archive(entry(b"args")[:10] + b"g" + entry(b"args")[11:]),
    "cut-in-head": ARGS[:60],
    "cut-in-name": entry(b"args", name_size=4000),
    "cut-in-data": entry(b"stdin", b"abc", size=1000),
    "size-that-overflows": archive(entry(b"stdin", b"abc", size=0xFFFFFFFF)),
    "name-size-that-overflows": archive(entry(b"stdin", name_size=0xFFFFFFFF)),
    "empty-name": archive(entry(b"", name_size=1)),
    "name-without-end": archive(entry(b"stdin", name_size=5)),
    "name-with-zero": archive(entry(b"root/a\0b")),
    "no-trailer": ARGS + ENV,
    "trailing-garbage": archive(ARGS) + b"\0\0\0\0more",
    "trailer-with-content": ARGS + entry(b"TRAILER!!!", b"x"),
    "absolute-name": archive(entry(b"/etc/passwd")),
    "parent-directory": archive(entry(b"root/../../etc/passwd")),
    "dot": archive(entry(b"./args", b"a\0")),
    "empty-part": archive(entry(b"root//a")),
    "unknown-entry": archive(entry(b"rootkit")),
    "twice": archive(ARGS, ARGS),
    "not-sorted": archive(ENV, ARGS),
    "hard-link": archive(entry(b"stdin", b"x", links=2)),
    "args-without-end": archive(entry(b"args", b"one\0two")),
    "args-as-directory": archive(entry(b"args", mode=DIRECTORY)),
    "env-without-sign": archive(entry(b"env", b"A\0")),
    "env-without-name": archive(entry(b"env", b"=1\0")),
    "env-twice": archive(entry(b"env", b"A=1\0A=2\0")),
    "env-not-sorted": archive(entry(b"env", b"B=1\0A=2\0")),
    "device": archive(entry(b"root/null", mode=0o20666, rmajor=1, rminor=3)),
    "pipe": archive(entry(b"root/pipe", mode=0o10666)),
    "directory-with-content": archive(entry(b"root/a", b"x", DIRECTORY)),
    "empty-link": archive(entry(b"root/a", b"", LINK)),
    "link-with-zero": archive(entry(b"root/a", b"a\0b", LINK)),
    "root-as-file": archive(entry(b"root", b"x")),
}


def good(root: Path | None = None) -> bytes:
    """A bundle with all parts."""
    return pack(Bundle(["one", "two"], {"A": "1", "B_B": "2"}, b"some input\n", root))


def mutations(seed: int, count: int) -> Iterator[bytes]:
    """Damaged archives: changed bytes and numbers, cut, doubled, mixed."""
    rng = random.Random(seed)
    pieces = [ARGS, ENV, STDIN, TRAILER, entry(b"root", mode=DIRECTORY), entry(b"root/a", b"text"),
              entry(b"root/b", mode=DIRECTORY), entry(b"root/b/c", b"a", LINK)]  # fmt: skip
    starts = [good(), *MALFORMED.values()]
    numbers = [0, 1, 2, 3, 4, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF]
    for _ in range(count):
        if rng.random() < 0.3:
            data = bytearray(b"".join(rng.choices(pieces, k=rng.randint(1, 6))))
        else:
            data = bytearray(rng.choice(starts))
        for _ in range(rng.randint(0, 4)):
            place = rng.randrange(len(data) + 1)
            kind = rng.randrange(5)
            if kind == 0 and place < len(data):
                data[place] = rng.randrange(256)
            elif kind == 1:
                del data[place : place + rng.choice((1, 4, 8, 110))]
            elif kind == 2:
                data[place:place] = rng.choice(pieces)
            elif kind == 3 and len(data) >= 110:
                # A number of the head of some entry.
                heads = [i for i in range(0, len(data), 4) if data[i : i + 6] == b"070701"]
                if heads:
                    at = rng.choice(heads) + 6 + 8 * rng.randrange(13)
                    number = rng.choice([*numbers, rng.randrange(200)])
                    data[at : at + 8] = b"%08x" % number
            else:
                data += bytes(rng.randrange(9))
        yield bytes(data)
