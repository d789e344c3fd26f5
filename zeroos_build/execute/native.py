# SPDX-License-Identifier: MIT OR Apache-2.0
"""The native hooks of hook.c: compiled once by the wheel's compiler, then kept in the cache."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import platform
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zeroos_build import files, paths, process
from zeroos_build.diagnostics import error
from zeroos_build.execute import engine

_SOURCE = Path(__file__).with_name("hook.c")
_COMPILE = ("-O2", "-fPIC", "-std=c11", "-ffreestanding", "-nostdlibinc", "-fno-stack-protector")
_LINK = ("-shared",)
_AREAS = 64

# enum in hook.c: why the hooks stopped the machine.
RUNNING, PAUSED, FOREIGN, UNREACHABLE, MISALIGNED, FORBIDDEN = range(6)
# Bits of a mark.
MARK_FOREIGN, MARK_SITE, MARK_SHORT = 1, 2, 8

CHUNK = 1 << 22

CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_uint64)


@dataclass(frozen=True, slots=True)
class Area:
    """Memory from `start` up to `end` and what may be done there, as bits of unicorn's."""

    start: int
    end: int
    permissions: int


class _Area(ctypes.Structure):
    _fields_ = (
        ("start", ctypes.c_uint64),
        ("size", ctypes.c_uint64),
        ("permissions", ctypes.c_uint32),
    )


class Machine(ctypes.Structure):
    """`struct machine` of hook.c, which says what the fields mean."""

    _fields_ = (
        ("stop", ctypes.c_void_p),
        ("read_register", ctypes.c_void_p),
        ("at_site", CALLBACK),
        ("map", CALLBACK),
        ("done", ctypes.c_uint64),
        ("block", ctypes.c_uint64),
        ("length", ctypes.c_uint64),
        ("pause", ctypes.c_uint64),
        ("reason", ctypes.c_uint64),
        ("text", ctypes.c_uint64),
        ("text_size", ctypes.c_uint64),
        ("shift", ctypes.c_uint64),
        ("words", ctypes.c_void_p),
        ("marks", ctypes.c_void_p),
        ("starts", ctypes.c_void_p),
        ("strict", ctypes.c_uint64),
        ("aligned", ctypes.c_uint64),
        ("address_mask", ctypes.c_uint64),
        ("area_count", ctypes.c_uint64),
        ("page_count", ctypes.c_uint64),
        ("areas", _Area * _AREAS),
        ("pages", _Area * _AREAS),
        ("chunk", ctypes.c_uint64),
        ("touched", ctypes.c_void_p),
        ("touched_start", ctypes.c_uint64),
        ("touched_size", ctypes.c_uint64),
        ("address", ctypes.c_uint64),
        ("size", ctypes.c_uint64),
        ("permission", ctypes.c_uint64),
    )


def new_machine(areas: Sequence[Area], pages: Sequence[Area]) -> Machine:
    """A machine that has run nothing, may access the areas and may translate the pages."""
    machine = Machine(
        stop=engine.address_of("uc_emu_stop"),
        read_register=engine.address_of("uc_reg_read"),
        area_count=len(areas),
        page_count=len(pages),
    )
    for slots, wanted in ((machine.areas, areas), (machine.pages, pages)):
        assert len(wanted) <= _AREAS
        for slot, area in zip(slots, wanted, strict=False):
            slot.start, slot.size = area.start, area.end - area.start
            slot.permissions = area.permissions
    return machine


def mark_accesses(machine: Machine) -> None:
    """Have single steps check loads and stores."""
    _library().mark_accesses(ctypes.byref(machine))


def function(name: str) -> int:
    """The address of a function of hook.c."""
    return ctypes.cast(getattr(_library(), name), ctypes.c_void_p).value or 0


@functools.cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(str(_compiled()))


def _compiled() -> Path:
    """The shared object for this source, compiler and host; made under a lock if missing."""
    from filelock import FileLock

    from zeroos_build.toolchain.zig import Zig

    zig = Zig()
    recipe = [zig.fingerprint(), _host(), *_COMPILE, *_LINK]
    digest = hashlib.sha256("\0".join(recipe).encode() + _SOURCE.read_bytes()).hexdigest()[:32]
    home = paths.cache_root() / "hooks" / digest
    made = home / "hook.so"
    if made.is_file():
        return made
    files.make_dir(home)
    with FileLock(home / "lock"):
        if not made.is_file():
            with tempfile.TemporaryDirectory() as scratch:
                unit, library = Path(scratch) / "hook.o", Path(scratch) / "hook.so"
                include = Path(zig.program).parent / "lib" / "include"
                target = ["--target=" + _host(), "-isystem", str(include)]
                _must([zig.program, "clang", *target, *_COMPILE, "-c", _SOURCE, "-o", unit])
                _must([zig.program, "ld.lld", *_LINK, unit, "-o", library])
                files.copy(library, made)
    return made


def _host() -> str:
    machine, system = platform.machine(), platform.system()
    if system != "Linux":
        raise error(
            "ZOS607",
            f"the embedded machine runs on Linux, not on {system}",
            help="run the tool in a Linux container or virtual machine",
        )
    return f"{machine}-unknown-linux-gnu"


def _must(command: Sequence[str | Path]) -> None:
    result = process.run(command, timeout=120)
    if result.code != 0:
        raise error(
            "ZOS607",
            "the native part of the embedded machine does not compile",
            notes=result.stderr.decode("utf-8", "replace").strip().splitlines()[:5],
            help="`zeroos-build doctor` checks the compiler",
        )
