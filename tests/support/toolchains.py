# SPDX-License-Identifier: MIT OR Apache-2.0
"""The toolchains that tests build with: each installed compiler under a name of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.conftest import need_program
from zeroos_build.toolchain.base import Toolchain
from zeroos_build.toolchain.discover import find_toolchain


@dataclass(frozen=True)
class Choice:
    """What `[build] toolchain` says, the programs it needs, and the environment that picks them."""

    toolchain: str
    programs: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


CHOICES = {
    "zig": Choice("zig"),
    "gcc": Choice(
        "gcc", ("riscv64-linux-gnu-gcc",), {"ZEROOS_GCC": "riscv64-linux-gnu-gcc"}
    ),
    "gcc-elf": Choice(
        "gcc", ("riscv64-unknown-elf-gcc",), {"ZEROOS_GCC": "riscv64-unknown-elf-gcc"}
    ),
    "clang": Choice("clang", ("clang-19", "ld.lld-19"), {"ZEROOS_CLANG": "clang-19"}),
}  # fmt: skip


def choose(name: str, monkeypatch: pytest.MonkeyPatch) -> Toolchain:
    """Make a toolchain the one that its name in the manifest finds; skip where it is missing."""
    choice = CHOICES[name]
    for program in choice.programs:
        need_program(program)
    for variable, value in choice.environment.items():
        monkeypatch.setenv(variable, value)
    return find_toolchain(choice.toolchain)
