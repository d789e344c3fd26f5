# SPDX-License-Identifier: MIT OR Apache-2.0
"""A bundle: the private input as one archive, in the form that libos/io/bundle.c reads.

The format is cpio newc, that of an initramfs: cpio(5), "New ASCII Format". Equal content gives
equal bytes: names are sorted, there are no times, owners and inode numbers, and permissions say
no more than whether a file can be executed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zeroos_build.diagnostics import ZeroosError, error

PARTS = ("args", "env", "files", "stdin")
_TRAILER = b"TRAILER!!!"
_LARGEST = 0xFFFF_FFFF
_LONGEST_NAME = 4095
_FILE, _PROGRAM, _DIRECTORY, _LINK = 0o100644, 0o100755, 0o40755, 0o120777


@dataclass(frozen=True, slots=True)
class Bundle:
    """What to pack; a part that is None is left out."""

    args: Sequence[str] | None = None
    env: Mapping[str, str] | None = None
    stdin: bytes | None = None
    root: Path | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that it has, by the names of `[abi.input] allow`."""
        present = (self.args, self.env, self.root, self.stdin)
        return tuple(name for name, part in zip(PARTS, present, strict=True) if part is not None)


@dataclass(frozen=True, slots=True)
class InputMode:
    """What an image says of its private input."""

    mode: str = "stream"
    allow: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, description: Mapping[str, Any] | None) -> InputMode:
        """From an image's note or report; an image that says nothing reads a stream."""
        found = (description or {}).get("input")
        if not isinstance(found, dict):
            return cls()
        return cls(str(found.get("mode", "stream")), tuple(map(str, found.get("allow", ()))))


def pack(bundle: Bundle) -> bytes:
    """The archive's bytes; ZOS610 for what cannot be packed, ZOS703 for what cannot be read."""
    entries: list[tuple[bytes, int, bytes]] = []
    if bundle.args is not None:
        entries.append((b"args", _FILE, _list("an argument", bundle.args)))
    if bundle.env is not None:
        for name in bundle.env:
            if not name or "=" in name:
                raise _refused(f"`{name}` is no name of a variable")
        # Sorted with its `=`, as the guest compares them.
        rows = sorted(f"{name}={value}" for name, value in bundle.env.items())
        rows.sort(key=lambda row: os.fsencode(row[: row.index("=") + 1]))
        entries.append((b"env", _FILE, _list("a variable", rows)))
    if bundle.stdin is not None:
        entries.append((b"stdin", _FILE, bundle.stdin))
    if bundle.root is not None:
        entries += _tree(bundle.root)
    entries.sort()
    return b"".join(_entry(*entry) for entry in (*entries, (_TRAILER, 0, b"")))


def _list(what: str, strings: Sequence[str]) -> bytes:
    encoded = [os.fsencode(string) for string in strings]
    for string in encoded:
        if b"\0" in string:
            raise _refused(f"{what} holds a zero byte: {string!r}")
    return b"".join(string + b"\0" for string in encoded)


def _entry(name: bytes, mode: int, data: bytes) -> bytes:
    if len(name) > _LONGEST_NAME or len(data) > _LARGEST:
        raise _refused(f"`{os.fsdecode(name)[:80]}` has a name or content that is too long")
    links = 2 if stat.S_ISDIR(mode) else 1
    fields = (0, mode, 0, 0, links, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
    head = b"070701" + "".join(f"{number:08X}" for number in fields).encode() + name + b"\0"
    return _padded(head) + _padded(data)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _tree(root: Path) -> Iterator[tuple[bytes, int, bytes]]:
    """A directory of the host as the entries below root/."""
    todo = [(b"root", os.fsencode(root))]
    try:
        if not root.is_dir():
            raise _refused(f"`{root}` is not a directory")
        while todo:
            name, place = todo.pop()
            yield name, _DIRECTORY, b""
            with os.scandir(place) as found:
                items = list(found)
            for item in items:
                inner = name + b"/" + item.name
                if item.is_symlink():
                    yield inner, _LINK, os.readlink(item.path)  # noqa: PTH115 - as it stands there
                elif item.is_dir():
                    todo.append((inner, item.path))
                elif item.is_file():
                    executable = item.stat().st_mode & stat.S_IXUSR
                    content = Path(os.fsdecode(item.path)).read_bytes()
                    yield inner, _PROGRAM if executable else _FILE, content
                else:
                    shown = os.fsdecode(item.path)
                    raise _refused(f"`{shown}` is no file, directory or symbolic link")
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        where = os.fsdecode(problem.filename) if problem.filename else str(root)
        raise error("ZOS703", f"cannot read `{where}`: {reason}") from problem


def _refused(message: str) -> ZeroosError:
    return error(
        "ZOS610",
        f"{message}, and cannot be in a bundle",
        notes=["the guest would refuse it"],
        help="docs/running.md says what a bundle holds",
    )
