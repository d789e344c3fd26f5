# SPDX-License-Identifier: MIT OR Apache-2.0
"""Frames without descriptions: rules from the code of small functions."""

from __future__ import annotations

import pytest

from tests.support.objects import assemble
from zeroos_build.backtrace.code import CodeReader, rule_from_code
from zeroos_build.backtrace.rules import Rule
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.riscv import registers as r


def rule(lines: str, at: str = "here", *, returned_to: bool = False, march: str = "rv64im") -> Rule:
    """The rule at a label of a function, given as assembly."""
    text = f".globl f, here\n.type f, @function\nf:\n{lines}\n.size f, .-f\n"
    obj = Relocatable.parse(assemble(text, march=march, relax=False), "f.o")
    symbols = {symbol.name: symbol for symbol in obj.symbols}
    code = bytes(obj.sections[symbols["f"].section].data)

    def word(address: int) -> int | None:
        return (
            int.from_bytes(code[address : address + 4], "little") if address < len(code) else None
        )

    reader = CodeReader(64, word, lambda address: None)
    found = rule_from_code(reader, 0, len(code), symbols[at].value, returned_to=returned_to)
    assert found is not None
    return found


def test_leaf() -> None:
    found = rule("mv a0, a1\nhere: ret")
    assert (found.base, found.offset) == (r.SP, 0)
    assert r.RA in found.kept


# A frame of 16 bytes with the return address in its upper word, made and left.
OPEN = "addi sp, sp, -16\nsd ra, 8(sp)\n"
CLOSE = "ld ra, 8(sp)\naddi sp, sp, 16\nret\n"


@pytest.mark.parametrize("march", ["rv64im", "rv64imc"])
def test_ordinary_frame(march: str) -> None:
    lines = "addi sp, sp, -32\nsd ra, 24(sp)\nsd s1, 16(sp)\nli s1, 1\ncall f\nhere: ret"
    found = rule(lines, returned_to=True, march=march)
    assert (found.base, found.offset) == (r.SP, 32)
    assert found.saved == {r.RA: -8, 9: -16}
    assert r.RA not in found.kept


def test_large_frame() -> None:
    found = rule(OPEN + "lui t0, 2\naddiw t0, t0, 16\nsub sp, sp, t0\nnop\nhere: nop")
    assert (found.base, found.offset) == (r.SP, 16 + 8192 + 16)


def test_frame_pointer_where_sp_moves() -> None:
    lines = "addi sp, sp, -32\nsd ra, 24(sp)\nsd s0, 16(sp)\naddi s0, sp, 32\nsub sp, sp, a0\n"
    found = rule(lines + "here: nop")
    assert (found.base, found.offset) == (8, 0)
    assert found.saved[8] == -16


def test_frame_on_one_path_only() -> None:
    found = rule(f"beqz a0, 1f\n{OPEN}call f\nhere: {CLOSE}1: ret", returned_to=True)
    assert found.saved == {r.RA: -8}


def test_behind_a_return_stands_another_path() -> None:
    found = rule(f"beqz a0, 1f\n{OPEN}call f\n{CLOSE}here: 1: ret")
    assert (found.offset, found.saved) == (0, {})


def test_behind_a_call_that_does_not_return_stands_another_path() -> None:
    found = rule(f"beqz a0, 1f\n{OPEN}call f\nhere: 1: li a0, 1\nret")
    assert found.offset == 0


def test_jump_table() -> None:
    found = rule(f"{OPEN}jr a5\ncall f\nj 1f\ncall f\nhere: nop\n1: {CLOSE}", returned_to=True)
    assert (found.offset, found.saved) == (16, {r.RA: -8})


def test_lost_return_address() -> None:
    found = rule("beqz a0, 1f\nret\n1: call f\nhere: nop", returned_to=True)
    assert r.RA not in found.kept
    assert r.RA not in found.saved


def test_trap_vector() -> None:
    lines = OPEN + "csrr t0, mepc\naddi t0, t0, 4\nsd t0, 0(sp)\ncall f\nhere: nop"
    found = rule(lines, returned_to=True, march="rv64im_zicsr")
    assert found.interrupted == (-16, 4)
