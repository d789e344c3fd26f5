# SPDX-License-Identifier: MIT OR Apache-2.0
"""The user's cache: entries named by digest, complete or absent.

An entry is built aside under a lock and renamed when it is finished; an interrupted build
leaves a directory that nobody reads and the next build removes. `complete` holds a digest of
the entry's files by size, so an entry that was damaged later is built again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from zeroos_build import files
from zeroos_build.paths import cache_root

_SEAL = "complete"


def digest_of(*parts: object) -> str:
    """A short name for everything that an entry depends on."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def digest_of_files(paths: list[Path]) -> str:
    """A digest of file names and contents."""
    total = hashlib.sha256()
    for path in paths:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.name} {content}\n".encode())
    return total.hexdigest()[:24]


def entry(kind: str, digest: str, build: Callable[[Path], None]) -> Path:
    """The directory `<cache>/<kind>/<digest>`; `build` fills it aside when it is missing.

    Other processes that want the same entry wait for it.
    """
    root = cache_root() / kind
    final = root / digest
    if _is_complete(final):
        return final
    from filelock import FileLock

    files.make_dir(root)
    files.mark_cache_dir(cache_root())
    with FileLock(root / f"{digest}.lock"):
        if _is_complete(final):
            return final
        files.remove_tree(final)
        staging = root / f"{digest}.building"
        files.remove_tree(staging)
        files.make_dir(staging)
        build(staging)
        files.write_text(staging / _SEAL, _seal(staging))
        files.rename(staging, final)
    return final


def _is_complete(directory: Path) -> bool:
    try:
        return (directory / _SEAL).read_text() == _seal(directory)
    except OSError:
        return False


def _seal(directory: Path) -> str:
    rows = sorted(
        f"{path.relative_to(directory)} {path.stat().st_size}"
        for path in directory.iterdir()
        if path.is_file() and path.name != _SEAL
    )
    return "\n".join(rows) + "\n"
