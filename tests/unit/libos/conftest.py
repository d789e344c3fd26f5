# SPDX-License-Identifier: MIT OR Apache-2.0
"""The libOS compiled, as a linker sees it."""

from __future__ import annotations

import os
import struct
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable, Symbol
from zeroos_build.generate.headers import syscalls_header
from zeroos_build.libos import _FLAGS, sources
from zeroos_build.paths import data_root
from zeroos_build.spec import load_specs
from zeroos_build.sysroot import include_flags
from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.zig import Zig

ABIS = [Abi("rv64im", "lp64"), Abi("rv32im", "ilp32")]


@dataclass
class Object:
    """One source file's object: global names, and per function its frame and what it refers to.

    `tails` are those of `calls` that a function makes when its own frame is gone.
    `indirect` functions call by pointer; `pointed` is what data points to.
    """

    source: Path
    strong: set[str] = field(default_factory=set)
    weak: set[str] = field(default_factory=set)
    undefined: set[str] = field(default_factory=set)
    frames: dict[str, int] = field(default_factory=dict)
    calls: dict[str, set[str]] = field(default_factory=dict)
    tails: dict[str, set[str]] = field(default_factory=dict)
    indirect: set[str] = field(default_factory=set)
    pointed: set[str] = field(default_factory=set)


@pytest.fixture(scope="session", params=ABIS, ids=lambda abi: abi.march)
def objects(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[Object]:
    """Every source of the libOS."""
    abi: Abi = request.param
    directory = tmp_path_factory.mktemp("libos")
    header = directory / "include" / "zeroos" / "syscalls.h"
    header.parent.mkdir(parents=True)
    header.write_text(syscalls_header(load_specs()))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda source: _compile(source, abi, directory), sources()))


def _compile(source: Path, abi: Abi, directory: Path) -> Object:
    toolchain = Zig()
    name = f"{source.parent.name}_{source.name}"
    target = directory / f"{name}.o"
    command = [
        *toolchain.compiler(abi),
        *_FLAGS,
        "-fstack-usage",
        *include_flags([directory / "include", data_root() / "libos" / "include"]),
        *include_flags(toolchain.includes(abi)[:1]),
        "-c",
        str(source),
        "-o",
        str(target),
    ]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = Object(source)
    usage = target.with_suffix(".su")
    for line in usage.read_text().splitlines() if usage.exists() else []:
        where, size, _ = line.split("\t")
        found.frames[where.rsplit(":", 1)[1]] = int(size)
    obj = Relocatable.parse(target.read_bytes(), name)
    for symbol in obj.symbols:
        if symbol.local or not symbol.name:
            continue
        if symbol.section == c.SHN_UNDEF:
            found.undefined.add(symbol.name)
        else:
            weak = symbol.bind == c.STB_WEAK
            (found.weak if weak else found.strong).add(symbol.name)
    for section in obj.sections:
        if section.executable and section.name.startswith(".text."):
            names = {obj.symbols[r.symbol].name for r in obj.relocations(section.index)}
            function = section.name.removeprefix(".text.")
            found.calls[function] = names
            found.tails[function] = names - _called_to_return(obj, section.index, section.data)
            if _jumps_by_register(obj, section.index, section.data):
                found.indirect.add(function)
        elif section.name.startswith((".data", ".rodata", ".sdata", ".srodata")):
            found.pointed |= {
                name.removeprefix(".text.")
                for r in obj.relocations(section.index)
                if (name := _name_of(obj, obj.symbols[r.symbol]))
            }
    return found


def _name_of(obj: Relocatable, symbol: Symbol) -> str:
    """Of a function that data points to: by its name, or by that of its section."""
    if symbol.name or symbol.section == c.SHN_UNDEF:
        return symbol.name
    return obj.sections[symbol.section].name


def _called_to_return(obj: Relocatable, index: int, code: bytes) -> set[str]:
    """What a function refers to otherwise than by `tail`: an auipc and a jalr without a link."""
    return {
        obj.symbols[r.symbol].name
        for r in obj.relocations(index)
        if r.type != c.R_RISCV_CALL_PLT or struct.unpack_from("<I", code, r.offset + 4)[0] >> 7 & 31
    }


def _jumps_by_register(obj: Relocatable, index: int, code: bytes) -> bool:
    """Whether a function has a jump that is neither a return nor half of a call by name."""
    calls = {r.offset + 4 for r in obj.relocations(index)}
    return any(
        word & 0x7F == 0x67 and word >> 15 & 31 != 1 and at not in calls
        for at, (word,) in enumerate(struct.iter_unpack("<I", code[: len(code) & ~3]))
        for at in (4 * at,)
    )
