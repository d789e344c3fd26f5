# SPDX-License-Identifier: MIT OR Apache-2.0
"""Compressed code that grows beyond the reach of its jumps: the cases of test_lowering, expanded,
for jumps and branches that hardly reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.property.test_lowering import CASES, PER_FILE, SEED, SHAPES, build, compare
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.lower import pieces
from zeroos_build.lower.pieces import Form, Moved, Piece
from zeroos_build.lower.program import Program

# Bytes that a branch and a jump reach.
REACHES = [(-1, -1), (16, 32), (-1, 100)]
EXPANDED = [shape for shape in SHAPES if shape.expanded and shape.relax != shape.atomics]


@pytest.fixture
def grown(monkeypatch: pytest.MonkeyPatch) -> list[Piece]:
    """Every branch and jump; those without a register for more than one stay as they are."""
    genuine = pieces._goals
    seen: list[Piece] = []

    def goals(program: Program, moved: Moved) -> list[tuple[Piece, int]]:
        found = genuine(program, moved)
        seen.extend(piece for piece, _ in found)
        return [pair for pair in found if _has_register(program, moved, pair[0])]

    monkeypatch.setattr(pieces, "_goals", goals)
    return seen


def _has_register(program: Program, moved: Moved, piece: Piece) -> bool:
    try:
        pieces._scratch(program, moved.section.index, piece)
    except ZeroosError as caught:
        assert [found.code for found in caught.diagnostics] == ["ZOS427"]
        return False
    return True


@pytest.mark.parametrize("part", range(max(1, CASES // 4 // PER_FILE)))
def test_same_final_state(
    part: int, grown: list[Piece], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shape = EXPANDED[part % len(EXPANDED)]
    if shape.gnu:
        need_program("riscv64-linux-gnu-ld")
    branch, jump = REACHES[part % len(REACHES)]
    monkeypatch.setattr(pieces, "_BRANCH_REACH", branch)
    monkeypatch.setattr(pieces, "_JUMP_REACH", jump)
    print(f"ZEROOS_TEST_SEED={SEED}")
    machines = build(tmp_path, part * PER_FILE, shape)
    wrong = []
    for number in range(part * PER_FILE, (part + 1) * PER_FILE):
        before, after = compare(machines, number)
        assert before.error is None, f"case {number}: the original failed: {before.error}"
        if before != after:
            wrong.append((number, after.error))
    assert not wrong, f"seed {SEED}, {shape}: {wrong[:5]}"
    forms = {(piece.branch, piece.form) for piece in grown}
    assert (True, Form.PAIR if jump < 0 else Form.JUMP) in forms
    assert (False, Form.PAIR) in forms or jump > 0
