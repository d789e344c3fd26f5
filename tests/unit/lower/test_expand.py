# SPDX-License-Identifier: MIT OR Apache-2.0
"""Compressed instructions replaced by their long forms: what hostile objects may claim."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.objects import assemble
from tests.unit.lower.test_lower import config, function
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.tables import Section
from zeroos_build.lower.batch import lower_objects

MARCH = "rv64imac"
BODY = function("li a7, 64\n ecall\n beqz a0, 1f\n c.addi a0, 1\n1: c.addi a1, 1\n call g")


def text_of(obj: Relocatable) -> Section:
    """The section with the code."""
    return next(s for s in obj.sections if s.executable and s.data)


def refused(change: Callable[[Relocatable], None], text: str = BODY) -> tuple[str, str]:
    """Code and message of the error for an assembled object after a change."""
    obj = Relocatable.parse(assemble(text, march=MARCH), "x.o")
    change(obj)
    with pytest.raises(ZeroosError) as problem:
        lower_objects([("x.o", obj.to_bytes())], config())
    return problem.value.diagnostics[0].code, problem.value.diagnostics[0].message


@pytest.mark.parametrize("by", [2, -2])
def test_a_branch_relocation_that_is_on_no_branch(by: int) -> None:
    def shift(obj: Relocatable) -> None:
        items = obj.relocations(text_of(obj).index)
        branch = next(i for i in items if i.type in (c.R_RISCV_BRANCH, c.R_RISCV_RVC_BRANCH))
        branch.offset += by

    code, message = refused(shift)
    assert code == "ZOS427"
    assert "a branch's relocation without a branch in `.text`" in message


@pytest.mark.parametrize("value", [1, 0x1000, (1 << 64) - 2])
def test_a_symbol_that_is_at_no_instruction(value: int) -> None:
    def move(obj: Relocatable) -> None:
        next(s for s in obj.symbols if s.name == "f").value = value

    code, message = refused(move)
    assert code == "ZOS427"
    assert "`f` names a place that is no instruction's" in message


def test_a_relocation_outside_of_its_section() -> None:
    def move(obj: Relocatable) -> None:
        items = obj.relocations(text_of(obj).index)
        next(i for i in items if i.type == c.R_RISCV_CALL_PLT).offset = (1 << 64) - 2

    code, message = refused(move)
    assert code == "ZOS410"
    assert "`.rela.text` reaches out of its section" in message
