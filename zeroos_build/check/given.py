# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a rule for objects sees: the objects and archives that a project takes as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from zeroos_build.check.subject import Key, Subject
from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError
from zeroos_build.elf import constants as c
from zeroos_build.elf.archive import is_archive, members
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.manifest.project import Project, Resolved

# Larger files are no objects; the linker may still take them.
_LIMIT = 1 << 30
_ARCH = 5  # Tag_RISCV_arch (riscv-elf-psabi-doc@v1.0: attributes)


@dataclass(frozen=True)
class Given:
    """An object, or a member of an archive, that could be read."""

    key: Key
    place: Location | None
    name: str
    obj: Relocatable

    @cached_property
    def march(self) -> str:
        """What the compiler was told, as `rv64i2p1_m2p0`; empty if the object does not say."""
        for section in self.obj.sections:
            if section.type == c.SHT_RISCV_ATTRIBUTES:
                return _march(bytes(section.data))
        return ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or member that cannot be read as an object, with the reason."""

    key: Key
    place: Location | None
    name: str
    problem: Diagnostic


class GivenObjects(Subject):
    """A project's objects as one target sees them, or files that a command names."""

    def __init__(
        self, project: Project, resolved: Resolved, files: Sequence[Path] | None = None
    ) -> None:
        super().__init__(project, resolved)
        self._files = files
        self.refused: list[Refused] = []
        self.bitcode: list[Refused] = []
        self.objects = [given for row in self._rows() for given in self._read(*row)]

    def _rows(self) -> Iterator[tuple[Key, Location | None, Path]]:
        if self._files is not None:
            for file in self._files:
                yield ("image", "objects"), Location(str(file)), file
            return
        for index, name in enumerate(self.resolved.image.objects):
            file = self.project.directory / name
            # Another build system may not have made it yet.
            if file.is_file():
                yield ("image", "objects", index), None, file

    def _read(self, key: Key, place: Location | None, file: Path) -> Iterator[Given]:
        name = str(file if self._files is not None else file.relative_to(self.project.directory))
        try:
            data = file.read_bytes() if file.stat().st_size <= _LIMIT else b""
            rows = [(name, memoryview(data))]
            if is_archive(data):
                rows = [(f"{name}({m.name})", m.data) for m in members(data, name)]
        except ZeroosError as problem:
            self.refused.append(Refused(key, place, name, problem.diagnostics[0]))
            return
        for label, content in rows:
            if bytes(content[:4]) in (b"BC\xc0\xde", b"\xde\xc0\x17\x0b"):
                problem_words = Diagnostic("ZOS413", "it is LLVM's bitcode")
                self.bitcode.append(Refused(key, place, label, problem_words))
                continue
            # Rust's archives hold metadata that is no object.
            if bytes(content[:4]) != b"\x7fELF" and len(rows) > 1:
                continue
            try:
                yield Given(key, place, label, Relocatable.parse(content, label))
            except ZeroosError as problem:
                self.refused.append(Refused(key, place, label, problem.diagnostics[0]))


def _march(data: bytes) -> str:
    """The string of Tag_RISCV_arch in an attributes section: format 'A', vendor, tag 1."""
    start = data.find(b"riscv\0")
    position = start + 6 + 5  # the vendor's name; the tag of the file's attributes and its size
    if data[:1] != b"A" or start < 0:
        return ""
    while position < len(data):
        tag, position = _uleb(data, position)
        if tag % 2:
            end = data.find(b"\0", position)
            if end < 0:
                return ""
            if tag == _ARCH:
                return data[position:end].decode("ascii", "replace")
            position = end + 1
        else:
            _, position = _uleb(data, position)
    return ""


def _uleb(data: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while position < len(data):
        byte = data[position]
        value |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if byte < 0x80:
            break
    return value, position
