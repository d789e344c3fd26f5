# SPDX-License-Identifier: MIT OR Apache-2.0
"""The one module that writes: aside, then renamed, so nobody ever sees half a file."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zeroos_build.diagnostics import ZeroosError, error

_ASIDE = ".tmp"


def write_bytes(path: Path, data: bytes, *, executable: bool = False) -> None:
    """Replace `path` by a regular file with `data`, or write into it when it is no regular file.

    A device or a pipe (`-o /dev/null`) is written to and never replaced, also for root.
    """
    with _translate(path):
        if _is_special(path):
            with path.open("wb") as file:
                file.write(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        target = path.resolve() if path.is_symlink() else path
        handle, aside = tempfile.mkstemp(
            prefix=f".{target.name}.", suffix=_ASIDE, dir=target.parent
        )
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                mode = 0o777 if executable else 0o666
                os.fchmod(file.fileno(), mode & ~_umask())
            Path(aside).replace(target)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise


def write_text(path: Path, text: str) -> None:
    """`write_bytes` of UTF-8 text."""
    write_bytes(path, text.encode())


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write unless the file already holds `data`, so that ninja's restat sees no change."""
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
    except OSError:
        pass
    write_bytes(path, data)
    return True


def copy(source: Path, target: Path) -> None:
    """Copy a file's bytes and its executable bit, by the rules of `write_bytes`."""
    with _translate(source):
        data = source.read_bytes()
        executable = bool(source.stat().st_mode & 0o100)
    write_bytes(target, data, executable=executable)


def remove_tree(path: Path) -> None:
    """Remove a directory of ours with all it holds, or a file; a missing one is fine."""
    with _translate(path):
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)


def make_dir(path: Path) -> None:
    """Create a directory and its parents; an existing one is fine."""
    with _translate(path):
        path.mkdir(parents=True, exist_ok=True)


def rename(source: Path, target: Path) -> None:
    """Give a finished file or directory its final name."""
    with _translate(target):
        source.rename(target)


def mark_cache_dir(path: Path) -> None:
    """Tell backup programs that the directory can be made anew (the CACHEDIR.TAG convention)."""
    tag = path / "CACHEDIR.TAG"
    if not tag.exists():
        write_text(tag, "Signature: 8a477f597d28d172789f06886806bc55\n# made by zeroos-build\n")


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _umask() -> int:
    value = os.umask(0)
    os.umask(value)
    return value


@contextmanager
def _translate(path: Path) -> Iterator[None]:
    try:
        yield
    except ZeroosError:
        raise
    except OSError as problem:
        place = str(problem.filename or path)
        if place.endswith(_ASIDE):
            # Ours; who called us has named the file that it would have become.
            place = str(path)
        reasons = {
            errno.ENOSPC: "the disk is full",
            errno.EDQUOT: "the disk quota is used up",
            errno.EFBIG: "the file would exceed the file size limit",
            errno.EROFS: "the file system is read-only",
        }
        code = "ZOS702" if problem.errno in reasons else "ZOS701"
        reason = reasons.get(problem.errno or 0, (problem.strerror or str(problem)).lower())
        raise error(
            code,
            f"cannot write `{place}`: {reason}",
            notes=["nothing was replaced; what stood there before still stands"],
            help="free some room or name another place, then run the command again",
        ) from problem
