# SPDX-License-Identifier: MIT OR Apache-2.0
"""Which words of an image the machine refuses to execute, in both lengths."""

from __future__ import annotations

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.execute.image import Image
from zeroos_build.execute.loading import check_image
from zeroos_build.execute.native import MARK_FOREIGN
from zeroos_build.target import Target

from .conftest import MakeGuest
from .guests import NOP, SP1, TEXT, VIRT

_RAM = 0x80000000
_C_NOP = 0x0001


def lenient(target: Target) -> Target:
    """A target whose loader decodes nothing: what is foreign is met when it is executed."""
    image = target.image.model_copy(update={"rules": []})
    return target.model_copy(update={"image": image})


@pytest.mark.parametrize(
    ("half", "foreign"),
    [
        (0x0505, False),  # c.addi a0, 1
        (0x4108, False),  # c.lw a0, 0(a0)
        (0x2108, True),  # c.fld fa0, 0(a0)
        (0xA108, True),  # c.fsd fa0, 0(a0)
        (0x2502, True),  # c.fldsp fa0, 0(sp)
        (0x8000, True),  # reserved
        (0x9002, False),  # c.ebreak
        (0x0000, False),  # c.unimp: a trap that the hart takes
    ],
)
def test_short_instructions(guest: MakeGuest, half: int, foreign: bool) -> None:
    program = guest([half << 16 | _C_NOP, NOP], target=VIRT, text=_RAM)
    text = check_image(Image(program.path), lenient(VIRT), strict=True)
    assert [bool(mark & MARK_FOREIGN) for mark in text.marks[:3]] == [False, foreign, False]
    loose = check_image(Image(program.path), VIRT, strict=False)
    assert bool(loose.marks[1] & MARK_FOREIGN) == (half == 0x8000)


def test_the_run_ends_at_a_short_instruction_that_the_target_lacks(guest: MakeGuest) -> None:
    code, parts = [0x2108 << 16 | _C_NOP], {"text": _RAM}
    with pytest.raises(ZeroosError) as problem:
        guest(code, target=VIRT, **parts).run()
    assert "0x00053507 at 0x80000002" in problem.value.diagnostics[0].notes[0]
    result = guest(code, target=lenient(VIRT), **parts).run()
    assert result.outcome == "fault"
    assert result.message is not None and "executes 0x00053507, which" in result.message


def test_long_instructions(guest: MakeGuest) -> None:
    for target, start in ((VIRT, _RAM), (SP1, TEXT)):
        # fld; unimp, which traps on the board; a fence, which SP1's images must not execute
        program = guest([NOP, 0x00053507, 0xC0001073, 0x0FF0000F], target=target, text=start)
        text = check_image(Image(program.path), lenient(target), strict=True)
        found = [bool(text.marks[4 * n >> text.shift] & MARK_FOREIGN) for n in range(4)]
        assert found == [False, True, target is SP1, target is SP1]
