# SPDX-License-Identifier: MIT OR Apache-2.0
"""Threads and futexes as a program of this machine, against an explicit-state model."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz_syscalls import futex
from tests.host.compile import COMPILERS, compile_host, run_host

PARTS = [
    *(f"core/{name}.c" for name in ("alone", "thread", "tid")),
    *(f"threads/{name}.c" for name in ("deadlines", "end", "futex", "futex_op", "futex_pi",
                                       "futexes", "sched_yield", "schedule", "stacks", "table")),
    "time/deadlines.c",
]  # fmt: skip


@pytest.mark.parametrize("compiler", COMPILERS)
def test_random_scripts(compiler: str, tmp_path: Path) -> None:
    program = compile_host(compiler, tmp_path / "futex", "futex.c", PARTS, also=("contexts.c",))
    clear = {True: 0, False: 0}
    outcomes = set()
    for seed in range(120):
        # Many threads make the table grow, and words share its slots.
        scripts = futex.generate(random.Random(seed), 8 if seed % 3 else 200)
        *lines, last = run_host(program, futex.encode(scripts)).splitlines()
        outcome = "deadlock" if last == "deadlock" else "exit"
        text = lines if outcome == "deadlock" else [*lines, last]
        clear[futex.compare(scripts, "\n".join(text).encode(), outcome)] += 1
        outcomes.add(outcome)
    assert outcomes == {"deadlock", "exit"} and clear[True] > 5 * clear[False]
