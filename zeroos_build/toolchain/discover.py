# SPDX-License-Identifier: MIT OR Apache-2.0
"""From a toolchain's name to the toolchain: what was looked for, found, and why not taken.

What is known of versions is data here (`_HAZARDS`): a program that would make wrong or no images
is refused by name, with the reason, and the next one is tried.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zeroos_build import process
from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.toolchain.base import Toolchain
from zeroos_build.toolchain.clang import Clang
from zeroos_build.toolchain.gcc import Gcc
from zeroos_build.toolchain.linkers import GnuLd, Linker, Lld
from zeroos_build.toolchain.zig import Zig

NAMES = ("zig", "gcc", "clang")

# In this order. The first is Debian's; a musl toolchain is taken for its compiler only.
_GCC = (
    "riscv64-linux-gnu-gcc",
    "riscv64-unknown-linux-gnu-gcc",
    "riscv64-linux-musl-gcc",
    "riscv64-unknown-elf-gcc",
    "riscv64-elf-gcc",
)
_CLANG = (*(f"clang-{number}" for number in range(22, 14, -1)), "clang")
# The Debian packages that bring a usable toolchain.
PACKAGES = {"gcc": "gcc-riscv64-linux-gnu", "clang": "clang-19 lld-19"}
# A program's own choice instead of the search: a name on PATH or a path.
VARIABLES = {"gcc": "ZEROOS_GCC", "clang": "ZEROOS_CLANG"}

# (program, oldest version that is taken, what older ones do).
_HAZARDS = (
    ("gcc", (11,), "it does not know the extensions Zicsr and Zifencei by name"),
    ("GNU ld", (2, 38), "older ones were never tried; 2.40 is tested"),
    ("clang", (15,), "older ones were never tried; 19 is tested"),
    ("lld", (15,), "it rejects R_RISCV_ALIGN, which every relaxable object has"),
)

# Called with each decision of the search; `-vv` sets it to print.
on_decision: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """One program that was looked for; `rejected` says why it is not used."""

    program: str
    place: str | None
    version: str = ""
    rejected: str | None = None

    @property
    def words(self) -> str:
        """One line for people."""
        if self.place is None:
            return f"{self.program}: not found"
        found = f"{self.place} {self.version}".rstrip()
        return f"{found}: refused: {self.rejected}" if self.rejected else f"{found}: taken"


@dataclass(frozen=True, slots=True)
class Search:
    """The result of looking for a toolchain, with every program that was looked at."""

    name: str
    toolchain: Toolchain | None
    looked: tuple[Looked, ...]


def find_toolchain(name: str) -> Toolchain:
    """The toolchain, or ZOS202 with what is missing."""
    found = search(name)
    for item in found.looked:
        if on_decision is not None:
            on_decision(f"toolchain {name}: {item.words}")
    if found.toolchain is not None:
        return found.toolchain
    refused = [item for item in found.looked if item.rejected]
    absent = [item.program for item in found.looked if item.place is None]
    notes = [item.words for item in refused]
    if absent:
        shown = absent if len(absent) <= 5 else [*absent[:4], f"{len(absent) - 4} more"]
        notes.append(f"not found: {', '.join(shown)}")
    raise error(
        "ZOS202",
        f"no usable {name} for RISC-V is installed",
        notes=notes,
        help=f"apt-get install {PACKAGES[name]}",
    )


def search(name: str) -> Search:
    """Look for a toolchain; says what was found instead of failing."""
    if name == "zig":
        return Search(name, Zig(), ())
    looked: list[Looked] = []
    wanted = os.environ.get(VARIABLES[name])
    names = (wanted,) if wanted else {"gcc": _GCC, "clang": _CLANG}[name]
    for program in names:
        place = shutil.which(program)
        if place is None:
            looked.append(Looked(program, None))
            continue
        found = _gcc(place, looked) if name == "gcc" else _clang(place, looked)
        if found is not None:
            return Search(name, found, tuple(looked))
    return Search(name, None, tuple(looked))


def _gcc(place: str, looked: list[Looked]) -> Gcc | None:
    first, number = _version(place)
    machine = _words(place, "-dumpmachine").strip()
    program = Path(place).name
    problem = _hazard("gcc", number)
    if not machine.startswith(("riscv64", "riscv32")):
        problem = f"it compiles for {machine or 'nothing that it names'}"
    looked.append(Looked(program, place, number, problem))
    if problem:
        return None
    prefix = program.rpartition("gcc")[0]
    ar, ld = _beside(place, f"{prefix}ar"), _gcc_linker(place, prefix, looked)
    if ar is None:
        looked.append(Looked(f"{prefix}ar", None))
    if ar is None or ld is None:
        return None
    return Gcc(place, number, first, ld, Zig(), machine, ar)


def _gcc_linker(place: str, prefix: str, looked: list[Looked]) -> Linker | None:
    """GCC's own linker; where that is missing or refused, an lld."""
    own = _beside(place, f"{prefix}ld.bfd") or _beside(place, f"{prefix}ld")
    if own is None:
        looked.append(Looked(f"{prefix}ld", None))
    else:
        number = _version(own)[1]
        problem = _hazard("GNU ld", number)
        looked.append(Looked(f"{prefix}ld", own, number, problem))
        if not problem:
            return GnuLd((own,), f"GNU ld {number}")
    return _lld(("ld.lld", *(f"ld.lld-{n}" for n in range(22, 14, -1))), looked)


def _clang(place: str, looked: list[Looked]) -> Clang | None:
    first, number = _version(place)
    problem = _hazard("clang", number)
    looked.append(Looked(Path(place).name, place, number, problem))
    if problem:
        return None
    # The lld of the same release first: an older one may not know what a newer clang writes.
    ld = _lld((f"ld.lld-{number.partition('.')[0]}", "ld.lld"), looked)
    return None if ld is None else Clang(place, number, first, ld, Zig())


def _lld(names: tuple[str, ...], looked: list[Looked]) -> Lld | None:
    for name in names:
        place = shutil.which(name)
        if place is None:
            looked.append(Looked(name, None))
            continue
        number = _version(place)[1]
        problem = _hazard("lld", number)
        looked.append(Looked(name, place, number, problem))
        if not problem:
            return Lld((place,), f"lld {number}")
    return None


def _hazard(kind: str, number: str) -> str | None:
    """Why a version is not used."""
    if not number:
        return "it does not tell its version"
    have = tuple(int(part) for part in number.split("."))
    for name, oldest, why in _HAZARDS:
        if name == kind and have < oldest:
            return f"{kind} before {'.'.join(map(str, oldest))}: {why}"
    return None


def _beside(place: str, name: str) -> str | None:
    """A program from the directory of another one, else from PATH."""
    return shutil.which(name, path=str(Path(place).parent)) or shutil.which(name)


def _version(place: str) -> tuple[str, str]:
    """The first line of --version, and the version in it: the last one that stands alone."""
    first = _words(place, "--version").partition("\n")[0].strip()
    numbers = list(_numbers(first))
    return first, numbers[-1] if numbers else ""


def _numbers(line: str) -> Iterator[str]:
    """Versions in a line, those of the distribution's package in parentheses left out."""
    outside = re.sub(r"\([^)]*\)", " ", line)
    yield from re.findall(r"(?<![\w.-])\d+(?:\.\d+)+", outside)


def _words(place: str, option: str) -> str:
    try:
        found = process.run([place, option], timeout=30)
    except ZeroosError:
        return ""
    return found.stdout.decode("utf-8", "replace") if found.code == 0 else ""
