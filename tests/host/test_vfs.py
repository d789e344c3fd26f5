# SPDX-License-Identifier: MIT OR Apache-2.0
"""The file system's handlers as a program of this machine, against the host kernel's answers."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz_syscalls import vfs
from tests.fuzz_syscalls.__main__ import MEMORY, Guests
from tests.fuzz_syscalls.calls import encode
from tests.host.compile import COMPILERS, ROOT, compile_host, run_host
from tests.support.oracle import run_linux

PARTS = [
    *(f"core/{name}.c" for name in ("alone", "text", "thread", "tid")),
    *(f"vfs/{path.name}" for path in sorted((ROOT / "libos/vfs").glob("*.c"))),
    "time/deadlines.c",
]
SEEDS = range(40)


@pytest.fixture(scope="module", params=COMPILERS)
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compile_host(request.param, tmp_path_factory.mktemp("host") / "vfs", "vfs.c", PARTS)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Guests(tmp_path_factory.mktemp("guest")).process("guest")


def test_random_calls(program: Path, process: Path) -> None:
    for seed in SEEDS:
        calls = vfs.generate(random.Random(seed), 400)
        given = encode(calls)
        linux = run_linux(process, stdin=given, within=MEMORY)
        vfs.compare(calls, run_host(program, given).encode(), linux.stdout)


@pytest.mark.parametrize("every", [2, 3, 7, 20])
def test_memory_runs_out(program: Path, every: int) -> None:
    """Each call ends with an answer, and what it had begun leaves nothing that is used later."""
    refused = 0
    for seed in SEEDS:
        calls = vfs.generate(random.Random(seed), 400)
        lines = run_host(program, encode(calls), str(every)).splitlines()
        assert len(lines) == len(calls)
        refused += sum(line.split()[1] in ("-12", "-28") for line in lines)
    assert refused
