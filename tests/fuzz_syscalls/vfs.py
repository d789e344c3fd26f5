# SPDX-License-Identifier: MIT OR Apache-2.0
"""Files: random calls in an empty directory, against the host kernel's answers to the same program.

Left out is what an image does not share with a process of an ordinary user: permissions that
root passes by, owners, inode numbers, times, and the way up out of the directory.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.fuzz_syscalls.calls import NAMES, STATUS, Buffer, Call, Slot
from zeroos_build.spec import load_specs

_CWD = -100
_NOFOLLOW, _REMOVEDIR, _FOLLOW = 0x100, 0x200, 0x400
_NUMBERS = load_specs().linux["rv64"]
# asm-generic/fcntl.h, but for O_DIRECTORY and O_NOFOLLOW the same everywhere.
_ACCESS = (0, 1, 2)
_CREAT, _EXCL, _TRUNC, _APPEND = 0o100, 0o200, 0o1000, 0o2000
_DIRECTORY, _NOFOLLOW_LINK, _PATH = 0o200000, 0o400000, 0o10000000
# qemu keeps descriptor 10 for itself: each slot has at most one, so this many stay below it.
_FDS = 6
_LONGEST = 48  # bytes of a transfer
_FARTHEST = 5000


class Difference(Exception):
    """The image did not answer as the kernel did."""


def generate(rng: random.Random, count: int) -> list[Call]:
    """A list of calls; the first slots hold descriptors."""
    made = _Generator(rng)
    # An image's own root has /dev and its like.
    calls = [_call("close", 99, slot=slot) for slot in range(_FDS)]
    calls += [_call("mkdirat", _CWD, b"w\0", 0o755), _call("chdir", b"w\0")]
    while len(calls) < count:
        calls += made.step()
    return calls


def _call(name: str, *args: int | Slot | Buffer | bytes, slot: int = -1, shown: int = 0) -> Call:
    return Call(_NUMBERS[name], args, slot, shown, name)


class _Generator:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._names = rng.choice((b"ab", b"abcd", b"abcdefgh"))

    def _name(self) -> bytes:
        return bytes([self._rng.choice(self._names)])

    def _path(self) -> bytes:
        rng = self._rng
        parts = [self._name() for _ in range(rng.choice((1, 1, 1, 2, 2, 3)))]
        if rng.random() < 0.05:
            parts[rng.randrange(len(parts))] += rng.choice((b"/.", b"//", b"/../" + self._name()))
        path = b"/".join(parts)
        if rng.random() < 0.06:
            path += b"/"
        if rng.random() < 0.01:
            path = rng.choice((b"", b".", b"x" * 255, b"x" * 256))
        return path + b"\0"

    def _fd(self) -> int | Slot:
        return Slot(self._rng.randrange(_FDS)) if self._rng.random() < 0.98 else 99

    def _at(self) -> tuple[int | Slot, bytes]:
        """A directory descriptor and a path below it."""
        return (_CWD if self._rng.random() < 0.85 else self._fd()), self._path()

    def step(self) -> list[Call]:
        rng = self._rng
        makers = (
            (self._open, 8), (self._write, 6), (self._read, 5), (self._seek, 3),
            (self._truncate, 2), (self._close, 3), (self._make_directory, 4), (self._remove, 5),
            (self._rename, 5),
            (self._link, 3), (self._symlink, 3), (self._read_link, 2), (self._status, 6),
            (self._list, 3), (self._change_directory, 1), (self._duplicate, 1), (self._access, 1),
            (self._allocate, 1), (self._flags, 1), (self._copy, 2), (self._mode, 1),
            (self._make_node, 1),
        )  # fmt: skip
        functions, weights = zip(*makers, strict=True)
        made = rng.choices(functions, weights)[0]()
        return made if isinstance(made, list) else [made]

    def _open(self) -> list[Call]:
        rng = self._rng
        flags = rng.choice(_ACCESS)
        for bit, chance in ((_CREAT, 0.5), (_EXCL, 0.1), (_TRUNC, 0.1), (_APPEND, 0.15),
                            (_DIRECTORY, 0.2), (_NOFOLLOW_LINK, 0.08), (_PATH, 0.05)):  # fmt: skip
            if rng.random() < chance:
                flags |= bit
        if flags & _CREAT:
            # Linux 6.4 changed what both together do.
            flags &= ~_DIRECTORY
        slot, (directory, path) = rng.randrange(_FDS), self._at()
        mode = rng.choice((0o644, 0o644, 0o6755, 0o3765))
        return [
            _call("close", Slot(slot)),
            _call("openat", directory, path, flags, mode, slot=slot),
        ]

    def _write(self) -> Call:
        rng = self._rng
        data = bytes(rng.choices(b"abcxyz", k=rng.randrange(_LONGEST)))
        if rng.random() < 0.3:
            return _call("pwrite64", self._fd(), data, len(data), rng.randrange(_FARTHEST))
        return _call("write", self._fd(), data, len(data))

    def _read(self) -> Call:
        size = self._rng.randrange(_LONGEST)
        if self._rng.random() < 0.4:
            place = self._rng.randrange(_FARTHEST)
            return _call("pread64", self._fd(), Buffer(), size, place, shown=-1)
        return _call("read", self._fd(), Buffer(), size, shown=-1)

    def _seek(self) -> Call:
        offset = self._rng.randint(-100, _FARTHEST)
        return _call("lseek", self._fd(), offset, self._rng.choice((0, 0, 0, 1, 2, 9)))

    def _truncate(self) -> Call:
        return _call("ftruncate", self._fd(), self._rng.choice((0, 1, 30, 4096, 5000, -1)))

    def _close(self) -> Call:
        return _call("close", self._fd())

    def _make_directory(self) -> Call:
        return _call("mkdirat", *self._at(), 0o755)

    def _remove(self) -> Call:
        return _call("unlinkat", *self._at(), self._rng.choice((0, 0, _REMOVEDIR, 1)))

    def _rename(self) -> Call:
        return _call("renameat2", *self._at(), *self._at(), self._rng.choice((0, 0, 0, 1, 2, 3)))

    def _link(self) -> Call:
        return _call("linkat", *self._at(), *self._at(), self._rng.choice((0, 0, _FOLLOW)))

    def _symlink(self) -> Call:
        # `..` would lead out of the directory.
        parts = [self._name() for _ in range(self._rng.choice((1, 1, 2)))]
        return _call("symlinkat", b"/".join(parts) + b"\0", *self._at())

    def _read_link(self) -> Call:
        size = self._rng.choice((1, 2, 64, 64, 0))
        return _call("readlinkat", *self._at(), Buffer(), size, shown=-1)

    def _status(self) -> Call:
        if self._rng.random() < 0.3:
            return Call(STATUS, (self._fd(), b"\0", 0x1000), name="status")
        flags = self._rng.choice((0, _NOFOLLOW))
        return Call(STATUS, (*self._at(), flags), name="status")

    def _list(self) -> list[Call]:
        slot = self._rng.randrange(_FDS)
        return [
            _call("close", Slot(slot)),
            _call("openat", _CWD, self._rng.choice((b".\0", self._path())), _DIRECTORY, slot=slot),
            Call(NAMES, (Slot(slot),), name="names"),
        ]

    def _change_directory(self) -> Call:
        if self._rng.random() < 0.5:
            return _call("fchdir", self._fd())
        return _call("chdir", self._path())

    def _duplicate(self) -> list[Call]:
        slot = self._rng.randrange(_FDS)
        return [_call("close", Slot(slot)), _call("dup", self._fd(), slot=slot)]

    def _access(self) -> Call:
        return _call("faccessat", *self._at(), self._rng.choice((0, 4, 6, 8)))

    def _allocate(self) -> Call:
        rng = self._rng
        place, size = rng.choice((0, 10, 4000)), rng.choice((0, 100, 5000))
        return _call("fallocate", self._fd(), rng.choice((0, 1)), place, size)

    def _flags(self) -> Call:
        rng = self._rng
        if rng.random() < 0.5:
            return _call("fcntl", self._fd(), rng.choice((1, 3)))  # F_GETFD, F_GETFL
        return _call("fcntl", self._fd(), rng.choice((2, 4)), rng.choice((0, 1, _APPEND)))

    def _copy(self) -> Call:
        rng = self._rng
        if rng.random() < 0.5:
            return _call("sendfile", self._fd(), self._fd(), 0, rng.randrange(_LONGEST))
        size = rng.randrange(_LONGEST)
        return _call("copy_file_range", self._fd(), 0, self._fd(), 0, size, rng.choice((0, 0, 1)))

    def _mode(self) -> Call:
        # The owner keeps what he needs: an image asks nobody for permission.
        rng = self._rng
        mode = 0o700 | rng.getrandbits(12)
        if rng.random() < 0.3:
            return _call("umask", mode & 0o77)
        if rng.random() < 0.5:
            return _call("fchmod", self._fd(), mode)
        return _call("fchmodat", *self._at(), mode)

    def _make_node(self) -> Call:
        # A named pipe would wait for its other end.
        mode = 0o644 | self._rng.choice((0, 0o100000, 0o040000, 0o140000, 0o170000))
        return _call("mknodat", *self._at(), mode, 0)


def compare(calls: Sequence[Call], image: bytes, linux: bytes) -> None:
    """Raises Difference with the first call that was answered otherwise."""
    here, there = image.decode().splitlines(), linux.decode().splitlines()
    for index, call in enumerate(calls):
        ours = here[index] if index < len(here) else "nothing"
        theirs = there[index] if index < len(there) else "nothing"
        if ours != theirs:
            raise Difference(f"{call}: the image says `{ours}`, Linux `{theirs}`")
