# SPDX-License-Identifier: MIT OR Apache-2.0
"""Header directories without a header."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS171"

_SUFFIXES = frozenset({".h", ".hh", ".hpp", ".hxx", ".inc", ".def", ".ipp", ".tcc", ""})
# A directory with more files than this surely holds what somebody wants.
_LIMIT = 2000


def check(subject: Subject) -> Iterator[Finding]:
    for index, directory in enumerate(subject.resolved.image.include):
        files = (subject.project.directory / directory).rglob("*")
        if not any(p.suffix in _SUFFIXES and p.is_file() for p in islice(files, _LIMIT)):
            message = f"`{directory}` holds no header"
            yield Finding(("image", "include", index), message, "remove it, or correct the path")
