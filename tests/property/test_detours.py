# SPDX-License-Identifier: MIT OR Apache-2.0
"""Sites that no single jump connects with their thunks: the same cases as in test_lowering, for
jumps that reach hardly anywhere, so that small sections take detours."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.property.test_lowering import CASES, PER_FILE, SEED, SHAPES, Shape, build, compare
from tests.support.machine import Machine
from zeroos_build.bare import bare_facts
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf.sites import SiteKind
from zeroos_build.facts import Facts
from zeroos_build.lower import detour, placing
from zeroos_build.lower.detour import Detour
from zeroos_build.lower.program import Component, Place
from zeroos_build.lower.thunk import Code
from zeroos_build.riscv import registers as r
from zeroos_build.verify.thunks import check_thunks

# Every width, form of code, assembler and linker; relaxation and atomics in turns.
SOME = [
    shape
    for shape in SHAPES
    if shape.relax == ((shape.xlen == 64) != shape.gnu)
    and shape.atomics == (shape.gnu != (shape.compressed != shape.expanded))
]


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jumps reach nothing. Where a detour has no room, one of full length stands."""
    full = placing.REACH
    genuine = placing.Placing.thunk

    def thunk(
        self: placing.Placing, place: Place, code: Code, *, returns: bool = True
    ) -> placing.Placed:
        try:
            return genuine(self, place, code, returns=returns)
        except ZeroosError as caught:
            assert [found.code for found in caught.diagnostics] == ["ZOS424"]
            self.reach, short = full, self.reach
            try:
                return genuine(self, place, code, returns=returns)
            finally:
                self.reach = short

    monkeypatch.setattr(placing.Placing, "thunk", thunk)
    monkeypatch.setattr(placing, "REACH", -1)


@cache
def facts(shape: Shape) -> Facts:
    """What the verifier has to know of a shape's image."""
    march = shape.march.replace("imac", "ima") if shape.expanded else shape.march
    return replace(bare_facts("sp1", {}), xlen=shape.xlen, march=march)


def wrong(directory: Path, first: int, shape: Shape) -> tuple[list[int], Machine]:
    """Cases of a file that go wrong, and the lowered file."""
    machines = build(directory, first, shape)
    found = []
    for number in range(first, first + PER_FILE):
        before, after = compare(machines, number)
        assert before.error is None, f"case {number}: the original failed: {before.error}"
        if before != after:
            found.append(number)
    return found, machines[1]


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("part", range(max(1, CASES // 4 // PER_FILE)))
def test_same_final_state(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reach = random.Random(f"{SEED}/reach/{part}").choice([-1, 40, 100, 300])
    monkeypatch.setattr(placing, "REACH", reach)
    shape = SOME[part % len(SOME)]
    if shape.gnu:
        need_program("riscv64-linux-gnu-ld")
    print(f"ZEROOS_TEST_SEED={SEED} reach={reach}")
    found, machine = wrong(tmp_path, part * PER_FILE, shape)
    assert not found, f"seed {SEED}, {shape}: {found[:5]}"
    sites = [site for site in machine.image.sites if site.thunk]
    # About a quarter with the longest reach, more with a shorter one.
    assert sum(site.detour for site in sites) * 8 > len(sites)
    complaints = [item.message for item in check_thunks(machine.image, facts(shape))]
    assert complaints == []


@pytest.mark.usefixtures("nowhere")
def test_every_kind_takes_detours(tmp_path: Path) -> None:
    found, machine = wrong(tmp_path, 0, Shape(atomics=True))
    assert not found
    # Other kinds may stand where nothing beside them can move: these three are always many.
    kinds = {site.kind for site in machine.image.sites if site.detour}
    assert {SiteKind.CALL, SiteKind.FRAME, SiteKind.ATOMIC} <= kinds


# -- planted faults: each must show ----------------------------------------------------------


def planted(directory: Path) -> int:
    return len(wrong(directory, 0, Shape())[0])


@pytest.mark.usefixtures("nowhere")
def test_planted_bug_register_that_is_not_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = detour.Detours._room

    def room(
        self: detour.Detours, part: Component, site: int, before: list[int], after: list[int]
    ) -> Detour | None:
        found = genuine(self, part, site, before, after)
        if found is None or found.leave is None:
            return found
        live = part.liveness.behind[[*before, site, *after][-1]]
        taken = next((n for n in (r.A1, r.A2, r.A3, r.T3) if live >> n & 1), found.leave)
        return replace(found, leave=taken)

    monkeypatch.setattr(detour.Detours, "_room", room)
    assert planted(tmp_path) > 0


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("side", ["before", "after"])
def test_planted_bug_forgotten_neighbour(
    side: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = placing.Placing._far

    def far(
        self: placing.Placing, place: Place, code: Code, found: Detour, *, returns: bool
    ) -> placing.Placed:
        words = getattr(found, side)[:-1]
        return genuine(self, place, code, replace(found, **{side: words}), returns=returns)

    monkeypatch.setattr(placing.Placing, "_far", far)
    assert planted(tmp_path) > 0
