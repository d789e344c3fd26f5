# SPDX-License-Identifier: MIT OR Apache-2.0
"""Files of the project by path or glob; nothing outside of it, nothing that we built."""

from __future__ import annotations

import fnmatch
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

DEFAULT_SOURCES = ("*.c", "*.cc", "*.cpp", "*.S", "src/*.c", "src/*.cc", "src/*.cpp", "src/*.S")

# A project with more directory entries than this below a `**` is not one that people compile.
MAX_ENTRIES = 200_000

_WILD = frozenset("*?[")


class TooManyEntriesError(Exception):
    """A glob walked into something far larger than a project."""


def is_glob(pattern: str) -> bool:
    """Whether a path asks for a search."""
    return not _WILD.isdisjoint(pattern)


def expand(root: Path, pattern: str) -> list[str]:
    """The regular files under `root` that match, sorted, as relative paths with `/`.

    Supports `*`, `?`, `[...]` in a part and `**` for any number of directories. A leading dot
    must be matched by a dot. Directory links are not followed by `**`, and `build/zeroos` is
    never entered. Raises TooManyEntriesError.
    """
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    return sorted(_Search(root).run(parts))


class _Search:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.seen: set[tuple[str, int]] = set()
        self.entries = 0

    def run(self, parts: list[str]) -> Iterator[str]:
        found: set[str] = set()
        todo = [("", 0)]
        while todo:
            place, index = todo.pop()
            if (place, index) in self.seen:
                continue
            self.seen.add((place, index))
            part, last = parts[index], index == len(parts) - 1
            if part == "**" and not last:
                todo.append((place, index + 1))
            for entry in self._scan(place):
                path = f"{place}{entry.name}"
                if part == "**":
                    matches = not entry.name.startswith(".")
                    deeper = matches and entry.is_dir(follow_symlinks=False)
                    if deeper:
                        todo.append((path + "/", index))
                else:
                    matches = _matches(entry.name, part)
                    deeper = False
                if not matches or deeper:
                    continue
                if last and entry.is_file():
                    found.add(path)
                elif not last and part != "**" and entry.is_dir():
                    todo.append((path + "/", index + 1))
        yield from found

    def _scan(self, place: str) -> Iterator[os.DirEntry[str]]:
        if place == "build/zeroos/":
            return
        try:
            with os.scandir(self.root / place) as entries:
                for entry in entries:
                    self.entries += 1
                    if self.entries > MAX_ENTRIES:
                        raise TooManyEntriesError
                    yield entry
        except OSError:
            return


def _matches(name: str, part: str) -> bool:
    if name.startswith(".") and not part.startswith("."):
        return False
    return fnmatch.fnmatchcase(name, part)


def kind_of(path: Path) -> Literal["file", "directory", "other", "missing"]:
    """What a path is, through links; what cannot be asked (a name too long) is missing."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return "missing"
    if stat.S_ISREG(mode):
        return "file"
    return "directory" if stat.S_ISDIR(mode) else "other"


def escapes(root: Path, relative: str) -> bool:
    """Whether a path leaves `root` by way of a symbolic link (a missing path does not)."""
    try:
        return not (root / relative).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        # A loop of links, or a name that no file can have: it leads nowhere.
        return False
