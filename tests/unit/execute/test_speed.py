# SPDX-License-Identifier: MIT OR Apache-2.0
"""Prints how fast the embedded machine is (`pytest -s`); wall time is never a gate."""

from __future__ import annotations

import time

from zeroos_build.riscv.encode import addi, i_type

from .conftest import MakeGuest
from .guests import A0, A1, DATA, S0, S1, T1, ZERO, add, bne, counts_down, halt, ld, li, lw, sd, sw

_TURNS = 1_000_000


def test_speed(guest: MakeGuest) -> None:
    # 4 of 9 instructions touch memory, over 4 KiB.
    memory = [
        *li(S0, _TURNS),
        *li(S1, DATA),
        i_type(0x13, T1, 7, S0, 0x1FF),
        i_type(0x13, T1, 1, T1, 3),
        add(T1, T1, S1),
        ld(A0, T1),
        sd(A0, T1),
        lw(A1, T1, 4),
        sw(A1, T1),
        addi(S0, S0, -1),
        bne(S0, ZERO, -32),
    ]
    for name, code in (("compute", counts_down(3 * _TURNS)), ("memory", memory)):
        program = guest([*code, *halt()], data_size=0x2000)
        for mode, fast in (("counting", True), ("strict", False)):
            start = time.perf_counter()
            result = program.run(fast=fast)
            rate = (result.instructions or 0) / (time.perf_counter() - start) / 1e6
            print(f"{name:8} {mode:9} {rate:6.0f} M instructions/s")
            assert (result.instructions or 0) > 9 * _TURNS
