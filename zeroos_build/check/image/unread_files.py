# SPDX-License-Identifier: MIT OR Apache-2.0
"""Embedded files in a program that opens none."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding

CODE = "ZOS465"

# What takes a path or a directory.
_OPENERS = frozenset(
    {"openat", "openat2", "newfstatat", "statx", "faccessat", "faccessat2", "readlinkat", "chdir"}
)


def check(subject: Built) -> Iterator[Finding]:
    files = subject.resolved.abi.vfs.files
    if files and not subject.reachable & _OPENERS:
        yield Finding(
            ("abi", "vfs", "files"),
            "the image carries files, and the program reaches no call that takes a path",
            "remove them",
        )
