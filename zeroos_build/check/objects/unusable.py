# SPDX-License-Identifier: MIT OR Apache-2.0
"""Objects that cannot become part of an image of the target."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.given import GivenObjects
from zeroos_build.check.subject import Finding
from zeroos_build.elf import constants as c

CODE = "ZOS450"

_FLOATS = {2: "single", 4: "double", 6: "quad"}


def check(subject: GivenObjects) -> Iterator[Finding]:
    target = subject.resolved.target
    for refused in subject.refused:
        problem = refused.problem
        help = problem.help or "build it again"
        yield Finding(refused.key, problem.message, help, problem.notes, refused.place)
    for given in subject.objects:
        flags = given.obj.flags
        if given.obj.xlen != target.isa.xlen:
            what = f"has {given.obj.xlen} bits, and {target.name} is rv{target.isa.xlen}"
            help = f"compile it for rv{target.isa.xlen}"
        elif flags & c.EF_RISCV_FLOAT_ABI:
            kind = _FLOATS[flags & c.EF_RISCV_FLOAT_ABI]
            what = f"passes {kind}-precision numbers in registers that no target has"
            help = f"compile it with -mabi={target.isa.abi}"
        elif flags & c.EF_RISCV_RVE:
            what, help = "knows 16 registers only (RVE)", f"compile it with -mabi={target.isa.abi}"
        else:
            continue
        yield Finding(given.key, f"`{given.name}` {what}", help, place=given.place)
