# SPDX-License-Identifier: MIT OR Apache-2.0
"""Compressed instructions replaced by their long forms: what hostile objects may claim."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.objects import assemble, link
from tests.unit.lower.test_lower import config, function
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.tables import Section
from zeroos_build.lower import pieces
from zeroos_build.lower.batch import lower_objects
from zeroos_build.lower.program import Program
from zeroos_build.riscv import registers as r

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


def expanded(text: str) -> Relocatable:
    """An object of compressed code, for a target without it."""
    data = lower_objects([("x.o", assemble(text, march=MARCH))], config()).objects[0]
    return Relocatable.parse(data, "x.o")


def test_a_jump_that_its_section_outgrows() -> None:
    between = ".zero 980000\n .rept 30000\n c.nop\n .endr"
    obj = expanded(function(f"j 1f\n {between}\n1: li a7, 64\n ecall"))
    pairs = [i for i in obj.relocations(text_of(obj).index) if i.type == c.R_RISCV_CALL_PLT]
    assert pairs[0].offset == 0
    assert len(link([obj.to_bytes()])) > 1 << 20


@pytest.mark.parametrize("reach", [-1, 16, 64])
@pytest.mark.parametrize(("jump", "link"), [("j", r.ZERO), ("jal", r.RA), ("jal t0,", r.T0)])
def test_the_registers_of_a_longer_jump(
    jump: str, link: int, reach: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "_JUMP_REACH", reach)
    obj = expanded(function(f"{jump} 1f\n .rept 10\n c.nop\n .endr\n1: li a7, 64\n ecall"))
    code = Program(obj).code(text_of(obj).index)
    first, second = code[0][1], code[1][1]
    assert first.mnemonic == ("auipc" if reach < 40 else "jal")
    if reach < 40:
        assert (second.mnemonic, second.rd, second.rs1) == ("jalr", link, first.rd)
    assert first.rd == link or (link == r.ZERO and first.rd in (r.A7, r.ZERO))


def test_a_jump_that_its_section_outgrows_without_a_free_register(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pieces, "_JUMP_REACH", 16)
    monkeypatch.setattr(pieces, "_BRANCH_REACH", 16)
    body = "beqz a0, 1f\n .rept 10\n c.nop\n .endr\n1: jr t0"
    code, message = refused(lambda _: None, function(body))
    assert code == "ZOS427"
    assert "a jump that would have to reach more than 1 MiB in `.text`" in message
    assert "(function `f`)" in message


TABLE = "\n .section .rodata\n .{size} 1b - f\n"


@pytest.mark.parametrize(
    ("size", "count", "fits"),
    [("byte", 33, True), ("byte", 34, False), ("byte", 63, False), ("half", 8193, True),
     ("half", 8194, False), ("half", 16383, False)],
)  # fmt: skip
def test_distances_in_few_bits(size: str, count: int, fits: bool) -> None:
    body = f"call g\n.rept {count - 4}\n c.nop\n .endr\n1: ecall"
    text = function(body) + TABLE.format(size=size)
    if not fits:
        code, message = refused(lambda _: None, text)
        assert code == "ZOS427"
        assert "a distance in few bits in `.rodata`" in message
        return
    obj = expanded(text)
    (data,) = (section for section in obj.sections if section.name == ".rodata")
    (first, second) = obj.relocations(data.index)
    assert obj.symbols[first.symbol].value - obj.symbols[second.symbol].value == 4 * (count - 4) + 8
