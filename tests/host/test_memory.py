# SPDX-License-Identifier: MIT OR Apache-2.0
"""The memory handlers with each allocator as programs of this machine, against a map of pages."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz_syscalls import memory
from tests.fuzz_syscalls.calls import decode, encode
from tests.host.compile import COMPILERS, ROOT, compile_host, run_host

PARTS = ["core/heap.c", "core/pool.c"] + [
    f"memory/{path.name}" for path in sorted((ROOT / "libos/memory").glob("*.c"))
]
# `bump` never takes back, so it has other answers.
ALLOCATORS = sorted(
    path.stem for path in (ROOT / "libos/choices").glob("pages-*.c") if path.stem != "pages-bump"
)


@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize("allocator", ALLOCATORS)
def test_random_calls(allocator: str, compiler: str, tmp_path: Path) -> None:
    program = compile_host(
        compiler, tmp_path / "memory", "memory.c", [*PARTS, f"choices/{allocator}.c"]
    )
    buddies = allocator == "pages-buddy"
    for seed in range(40):
        calls = memory.generate(random.Random(seed), 400)
        memory.compare(calls, decode(run_host(program, encode(calls)).encode()), buddies)
