# SPDX-License-Identifier: MIT OR Apache-2.0
"""Counts equal single stepping, on random programs, wherever and however the run ends."""

from __future__ import annotations

import os
import random
import struct
from pathlib import Path

import pytest

from zeroos_build.execute import RunResult
from zeroos_build.execute.engine import PC, REGISTERS
from zeroos_build.riscv.encode import addi

from .conftest import MakeGuest
from .guests import (
    DATA,
    EBREAK,
    ECALL,
    SP1,
    T0,
    TEXT,
    ZERO,
    Guest,
    add,
    beq,
    bne,
    counts_down,
    elf,
    halt,
    jal,
    jalr,
    ld,
    li,
    lw,
    mul,
    sb,
    sd,
    sw,
)  # fmt: skip

_PROGRAMS = 150
_ENOUGH = 3000
_HINT_LEN = 0xF0
_BASE = 8  # s0 points to the data
_FREE = range(9, 18)
# The data segment is all the memory there is.
_BOUNDS = ("zeroos_heap_start", "zeroos_heap_end", "zeroos_stack_low", "zeroos_stack_high")
_NO_MORE = dict.fromkeys(_BOUNDS, DATA + 0x1000)


def _random_program(rng: random.Random) -> list[int]:
    length = rng.randrange(3, 60)
    start = [*li(_BASE, DATA + 0x800), *li(T0, _HINT_LEN)]
    code: list[int] = []
    for index in range(length):
        a, b, c = (rng.choice(_FREE) for _ in range(3))
        # A target inside the program or its start.
        target = rng.randrange(-1, length)
        offset = 4 * ((target if target >= 0 else -len(start)) - index)
        near = 8 * rng.randrange(-32, 32)
        kinds = [
            lambda: addi(a, b, rng.randrange(-2048, 2048)),  # noqa: B023
            lambda: add(a, b, c),  # noqa: B023
            lambda: mul(a, b, c),  # noqa: B023
            lambda: beq(a, b, offset),  # noqa: B023
            lambda: bne(a, b, offset),  # noqa: B023
            lambda: ld(a, _BASE, near),  # noqa: B023
            lambda: lw(a, _BASE, near + 4),  # noqa: B023
            lambda: sd(a, _BASE, near),  # noqa: B023
            lambda: sb(a, _BASE, near + 3),  # noqa: B023
            lambda: sw(a, _BASE, near),  # noqa: B023
            lambda: ECALL,
            lambda: jal(a, offset),  # noqa: B023
            lambda: sd(a, ZERO, near),  # noqa: B023
            lambda: ld(a, ZERO, near),  # noqa: B023
            lambda: jalr(a, ZERO, 0x40),  # noqa: B023
            lambda: EBREAK,
        ]
        weights = [6, 6, 3, 3, 3, 4, 3, 4, 3, 3, 2, 2, 0.3, 0.3, 0.3, 0.3]
        code.append(rng.choices(kinds, weights)[0]())
    return [*start, *code, *halt()]


def _single_stepped(code: list[int], limit: int) -> tuple[str, int]:
    """The outcome and the count, by unicorn's own package and a Python call per instruction."""
    import unicorn
    from unicorn import riscv_const, unicorn_const

    machine = unicorn.Uc(unicorn_const.UC_ARCH_RISCV, unicorn_const.UC_MODE_RISCV64)
    machine.mem_map(TEXT, 0x200000)
    machine.mem_write(TEXT, struct.pack(f"<{len(code)}I", *code))
    count, outcome = 0, "fault"

    def on_instruction(_uc: unicorn.Uc, _address: int, _size: int, _data: object) -> None:
        nonlocal count, outcome
        if count == limit:
            outcome = "limit"
            machine.emu_stop()
        else:
            count += 1

    def on_exception(_uc: unicorn.Uc, _cause: int, _data: object) -> None:
        nonlocal outcome
        if machine.reg_read(riscv_const.UC_RISCV_REG_T0) == 0:
            outcome = "exit"
            machine.emu_stop()
        elif machine.reg_read(riscv_const.UC_RISCV_REG_T0) == _HINT_LEN:
            machine.reg_write(riscv_const.UC_RISCV_REG_T0, 2**64 - 1)
        else:
            machine.emu_stop()

    machine.hook_add(unicorn_const.UC_HOOK_CODE, on_instruction)
    machine.hook_add(unicorn_const.UC_HOOK_INTR, on_exception)
    try:
        machine.emu_start(TEXT, 1)
    except unicorn.UcError:
        outcome = "fault"
    return outcome, count


def _ended(result: RunResult) -> tuple[str, int | None]:
    # SP1 wants a digest committed, which these programs do not do.
    committed = result.message is not None and "digest" in result.message
    return "exit" if committed else result.outcome, result.instructions


def test_random_programs(tmp_path: Path) -> None:
    seed = int(os.environ.get("ZEROOS_TEST_SEED") or "1")
    print(f"seed {seed}")
    rng = random.Random(seed)
    seen: dict[str, int] = {}
    for _ in range(_PROGRAMS):
        code = _random_program(rng)
        whole = _single_stepped(code, _ENOUGH)
        limits = {_ENOUGH, whole[1], max(whole[1] - 1, 0), rng.randrange(whole[1] + 1)}
        program = Guest(tmp_path / "program.elf", elf(code, data_size=0x1000, symbols=_NO_MORE))
        for limit in limits:
            expected = whole if limit == _ENOUGH else _single_stepped(code, limit)
            seen[expected[0]] = seen.get(expected[0], 0) + 1
            for fast in (False, True):
                result = program.run(limit=limit, fast=fast)
                assert _ended(result) == expected, (seed, code, limit, fast, result)
    assert seen.keys() == {"exit", "fault", "limit"}, seen


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("limit", [0, 1, 2, 3, 4, 5, 29, 30, 31])
def test_limit_is_exact(guest: MakeGuest, limit: int, fast: bool) -> None:
    result = guest([*counts_down(1000), *halt()]).run(limit=limit, fast=fast)
    assert (result.outcome, result.instructions, result.exit_status) == ("limit", limit, 124)
    assert result.message is not None and f"after {limit} instructions" in result.message


@pytest.mark.parametrize("fast", [False, True])
def test_a_limit_that_is_not_reached(guest: MakeGuest, fast: bool) -> None:
    count = 2 + 3 * 5 + 5
    program = guest([*counts_down(5), *halt()], data_size=8)
    assert program.run(limit=count, fast=True).outcome == "exit"
    result = program.run(limit=count - 1, fast=fast)
    assert (result.outcome, result.instructions) == ("limit", count - 1)


def test_longer_than_a_slice(guest: MakeGuest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zeroos_build.execute.embedded._SLICE", 1000)
    for fast in (False, True):
        result = guest([*counts_down(5000), *halt()]).run(fast=fast)
        assert result.instructions == 2 + 3 * 5000 + 5


def test_register_numbers_are_the_librarys() -> None:
    from unicorn import riscv_const

    for name, number in REGISTERS.items():
        assert number == getattr(riscv_const, f"UC_RISCV_REG_{name.upper()}")
    assert riscv_const.UC_RISCV_REG_PC == PC
    assert SP1.name == "sp1"
