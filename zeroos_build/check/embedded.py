# SPDX-License-Identifier: MIT OR Apache-2.0
"""The files of the project that an image carries, each with the key that brings it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zeroos_build.check.subject import Key, Subject


def embedded_files(subject: Subject) -> Iterator[tuple[Key, Path]]:
    """Absolute paths of all embedded files, in the order of the manifest's entries."""
    root = subject.project.directory
    entries = list(enumerate(subject.resolved.abi.vfs.files))
    for found in subject.resolved.embedded:
        if found.kind != "file":
            continue
        for index, entry in entries:
            base, source = Path(entry.from_), Path(found.source)
            if source == base or base in source.parents:
                yield ("abi", "vfs", "files", index, "from"), root / found.source
                break
