# SPDX-License-Identifier: MIT OR Apache-2.0
"""What `[abi.vfs] files` puts into the image: every file, directory and link, by its path there."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from zeroos_build.manifest.checks import Context, region_of
from zeroos_build.manifest.globs import MAX_ENTRIES, escapes, kind_of
from zeroos_build.manifest.wording import Path as KeyPath
from zeroos_build.sizes import format_size

Kind = Literal["file", "directory", "link"]
# Linux: NAME_MAX and PATH_MAX.
_NAME_MAX, _PATH_MAX = 255, 4095
# What the libOS has in these directories cannot be replaced nor added to.
_RESERVED = ("/dev", "/proc")
# Directories that are there anyhow.
_THERE = ("/", "/tmp")  # noqa: S108
# Code reaches data by distances of 32 bits with a sign, so an image is never larger.
_REACH = 2 << 30
# What we built is never an input.
_BUILT = "build/zeroos"


@dataclass(frozen=True, slots=True)
class Embedded:
    """One path of the image. `source` is relative to the project's directory, and empty for
    directories that only lead to something; `target` is a link's text.
    """

    path: str
    kind: Kind
    source: str = ""
    target: str = ""


def find_embedded(context: Context) -> tuple[Embedded, ...]:
    """Everything that is embedded, parents before what is in them; findings are ZOS103, ZOS107,
    ZOS117 and ZOS119.
    """
    search = _Search(context)
    for index, file in enumerate(context.settings.abi.vfs.files):
        search.add(index, file.path, file.from_)
    search.working_directory(context.settings.abi.vfs.cwd)
    return tuple(search.found[path] for path in sorted(search.found, key=_order))


def _order(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))


class _Search:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.root = context.root
        self.found: dict[str, Embedded] = {}
        self.entries = 0
        self.size = 0

    def add(self, index: int, path: str, source: str) -> None:
        where: KeyPath = ("abi", "vfs", "files", index)
        kind = kind_of(self.root / source)
        if escapes(self.root, source) or kind not in ("file", "directory"):
            return  # inputs.py has said so
        if not self._fits(path, (*where, "path")):
            return
        self._parents(path, (*where, "path"))
        if kind == "file":
            self._put(Embedded(path, "file", source), (*where, "path"))
            self._weigh(source, (self.root / source).stat().st_size, (*where, "from"))
        else:
            self._directory(path, source, where)

    def working_directory(self, path: str) -> None:
        where = ("abi", "vfs", "cwd")
        if path in _THERE or path in _RESERVED or not self._fits(path, where):
            if path in _RESERVED:
                self._conflict(f"`{path}` cannot be the working directory", where, "")
            return
        self._parents(path, where)
        self._put(Embedded(path, "directory"), where)

    def _fits(self, path: str, where: KeyPath) -> bool:
        """Whether a path can be one of ours, as far as its own words tell."""
        if any(path == own or path.startswith(own + "/") for own in _RESERVED):
            self._conflict(f"`{path}` belongs to the libOS", where, "choose another directory")
            return False
        if any(len(part.encode()) > _NAME_MAX for part in path.split("/")):
            self._conflict(
                f"a part of `{path}` is longer than {_NAME_MAX} bytes, the limit of Linux",
                where,
                "shorten it",
            )
            return False
        return True

    def _conflict(self, message: str, where: KeyPath, help: str | None) -> None:
        self.context.add("ZOS119", message, where, help=help or None)

    def _parents(self, path: str, where: KeyPath) -> None:
        parent = posixpath.dirname(path)
        if parent == path:
            return
        self._parents(parent, where)
        if parent not in _THERE:
            self._put(Embedded(parent, "directory"), where, below=path)

    def _put(self, item: Embedded, where: KeyPath, below: str = "") -> None:
        there = self.found.get(item.path)
        if item.path in _THERE:
            if item.kind != "directory":
                self._conflict(f"`{item.path}` is a directory", where, "name a file in it")
        elif there is None:
            self.found[item.path] = item
        elif there.kind != "directory" or item.kind != "directory":
            if below and there.kind != "directory":
                message = f"`{below}` lies under `{item.path}`, which is a {there.kind}"
            else:
                message = f"two embedded files want the path `{item.path}`"
            self._conflict(message, where, "keep one of them")

    def _directory(self, path: str, source: str, where: KeyPath) -> None:
        self._put(Embedded(path, "directory", source), (*where, "path"))
        for relative, entry in self._scan(source):
            inner = posixpath.join(path, relative)
            from_ = posixpath.join(source, relative)
            if not _is_text(relative) or len(inner.encode()) > _PATH_MAX:
                self.context.add(
                    "ZOS117", f"{relative!a} in `{source}` has a name that cannot be embedded",
                    (*where, "from"), ("a name is UTF-8 text without line ends, and short enough",),
                    "rename it",
                )  # fmt: skip
            elif entry.is_symlink():
                self._link(inner, from_, relative, where)
            elif entry.is_dir():
                self._put(Embedded(inner, "directory", from_), (*where, "path"))
            elif stat.S_ISREG(entry.stat().st_mode):
                self._put(Embedded(inner, "file", from_), (*where, "path"))
                self._weigh(from_, entry.stat().st_size, (*where, "from"))
            else:
                self.context.add(
                    "ZOS117", f"`{from_}` is neither a file nor a directory", (*where, "from"),
                    help="remove it",
                )  # fmt: skip

    def _weigh(self, source: str, size: int, where: KeyPath) -> None:
        """Add a file's bytes; the first one that cannot be in memory with the others is named."""
        target = self.context.target
        region = region_of(target, "rodata")
        room = min(region.end - region.start, _REACH)
        before, self.size = self.size, self.size + size
        if before > room or self.size <= room:
            return
        words = f"`{source}` has {_rounded(size)}"
        if before:
            words += f", which makes {_rounded(self.size)} of embedded files"
        limit = f"the {format_size(room)} of `{region.name}` on {target.name}"
        if room == _REACH:
            limit = f"the {format_size(room)} that code can reach"
        self.context.add(
            "ZOS103",
            f"{words}: more than {limit}",
            where,
            ("an image holds its embedded files in memory",),
            "hand it to the run instead, as stdin or in a bundle",
        )

    def _link(self, path: str, source: str, relative: str, where: KeyPath) -> None:
        target = os.readlink(self.root / source)  # noqa: PTH115 - Path would tidy the text
        depth = 0
        for part in posixpath.join(posixpath.dirname(relative), target).split("/"):
            depth += -1 if part == ".." else part not in ("", ".")
            if depth < 0:
                break
        if target.startswith("/") or depth < 0:
            self.context.add(
                "ZOS107",
                f"the link `{source}` leads out of the embedded directory, to `{target}`",
                (*where, "from"),
                ("in the image it would lead to something else, or to nothing",),
                "put a copy in its place",
            )
            return
        self._put(Embedded(path, "link", source, target), (*where, "path"))

    def _scan(self, source: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """All entries below a directory, by their paths from there; links are not followed."""
        todo = [""]
        while todo:
            place = todo.pop()
            try:
                entries = sorted(os.scandir(self.root / source / place), key=lambda e: e.name)
            except OSError as problem:
                self.context.add(
                    "ZOS117", f"`{posixpath.join(source, place)}`: {problem.strerror}",
                    ("abi", "vfs", "files"),
                )  # fmt: skip
                continue
            for entry in entries:
                relative = posixpath.join(place, entry.name)
                if posixpath.normpath(posixpath.join(source, relative)) == _BUILT:
                    continue
                self.entries += 1
                if self.entries > MAX_ENTRIES:
                    self.context.add(
                        "ZOS117", f"`{source}` holds more files than an image",
                        ("abi", "vfs", "files"), help="embed a smaller directory",
                    )  # fmt: skip
                    return
                yield relative, entry
                if entry.is_dir(follow_symlinks=False):
                    todo.append(relative)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return "\n" not in name and "\r" not in name


def _rounded(size: int) -> str:
    """Whole MiB from one on."""
    return format_size(size if size < 1 << 20 else -(-size >> 20) << 20)
