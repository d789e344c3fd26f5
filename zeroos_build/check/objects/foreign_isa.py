# SPDX-License-Identifier: MIT OR Apache-2.0
"""Objects that were compiled for more than the target has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zeroos_build.check.given import GivenObjects
from zeroos_build.check.subject import Finding
from zeroos_build.elf import constants as c

CODE = "ZOS452"

# Lowering replaces these where the target lacks them; the others below name no instructions
# that compilers choose by themselves.
_LOWERED = frozenset({"i", "e", "m", "a", "c", "zicsr", "zifencei", "zmmul", "zaamo", "zalrsc"})
_HINTS = frozenset({"zca", "zicntr", "zihpm", "ziccif", "zicclsm", "ziccrse", "ziccamoa", "za64rs"})
_PART = re.compile(r"([a-z]+?)(?:\d+p\d+)?$")


def check(subject: GivenObjects) -> Iterator[Finding]:
    isa = subject.resolved.target.isa
    for given in subject.objects:
        if given.obj.xlen != isa.xlen or given.obj.flags & c.EF_RISCV_FLOAT_ABI:
            continue
        foreign = sorted(_extensions(given.march) - _LOWERED - _HINTS - isa.extensions)
        if foreign:
            names = ", ".join(foreign)
            yield Finding(
                given.key,
                f"`{given.name}` was compiled for {names}, which {subject.resolved.target.name} "
                "does not have",
                f"compile it with -march={isa.march}",
                ("the build refuses it if the program reaches such an instruction",),
                given.place,
            )


def _extensions(march: str) -> set[str]:
    """`rv64i2p1_m2p0_zicsr2p0` -> {"i", "m", "zicsr"}."""
    parts = march[4:].split("_") if march.startswith(("rv64", "rv32")) else []
    return {found[1] for part in parts if (found := _PART.match(part))}
