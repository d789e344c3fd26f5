# SPDX-License-Identifier: MIT OR Apache-2.0
"""What linkers say of jumps that do not reach, in our words; the texts are theirs."""

from __future__ import annotations

import pytest

from zeroos_build.link.messages import translate


@pytest.mark.parametrize(
    "words",
    [
        "ld.lld: error: lowered/000_far.S.o:(function f: .text.f+0xa): relocation R_RISCV_JAL out "
        "of range: 1048584 is not in [-1048576, 1048575]; references 'g'\n"
        ">>> defined in lowered/000_far.S.o",
        "lowered/000_far.S.o: in function `f':\n"
        "(.text.f+0xc): relocation truncated to fit: R_RISCV_JAL against symbol `g' defined in "
        ".text.g section in lowered/000_far.S.o",
        "lowered/000_far.S.o: in function `f':\n"
        "/src/far.S:4:(.text.f+0xc): relocation truncated to fit: R_RISCV_JAL against `g'",
    ],
)
def test_a_jump(words: str) -> None:
    (found,) = translate(words)
    assert found.code == "ZOS436"
    assert found.message == "`far.S.o`: a jump in `.text.f` (function `f`) does not reach `g`"


def test_a_branch_outside_of_a_function() -> None:
    (found,) = translate(
        "ld.lld-19: error: /build/lowered/001_x.o:(.text.f+0x4): relocation R_RISCV_RVC_BRANCH out "
        "of range: 300 is not in [-256, 255]; references 'g'"
    )
    assert found.message == "`x.o`: a branch in `.text.f` does not reach `g`"
