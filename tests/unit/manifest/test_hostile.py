# SPDX-License-Identifier: MIT OR Apache-2.0
"""Whatever the bytes are: a project or diagnostics, never another exception."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zeroos_build.cli.render import format_github, format_text
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.manifest import load

GOLDEN = Path(__file__).parents[2] / "golden" / "diagnostics"
SEEDS = [path.read_bytes() for path in sorted(GOLDEN.glob("*.toml"))]
PIECES = [b"[", b"]", b"{", b"}", b'"', b"'", b'"""', b".", b"=", b",", b"\n", b"\\u0000", b"\xff"]


def _survives(directory: Path, data: bytes) -> None:
    (directory / "zeroos.toml").write_bytes(data)
    try:
        load(directory, env={}).resolve()
    except ZeroosError as problem:
        for diagnostic in problem.diagnostics:
            assert problem.exit_code == 3
            format_text(diagnostic).encode()
            format_github(diagnostic).encode()


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=200))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    _survives(tmp_path_factory.mktemp("any"), data)


def test_mutations_of_manifests(tmp_path: Path) -> None:
    seed = int(os.environ.get("ZEROOS_TEST_SEED") or "1")
    print(f"seed {seed}")
    dice = random.Random(seed)
    (tmp_path / "main.c").write_text("")
    for _ in range(150):
        data = bytearray(dice.choice(SEEDS))
        for _ in range(dice.randrange(1, 5)):
            at = dice.randrange(len(data) + 1)
            cut = data[at : at + dice.randrange(8)]
            data[at : at + len(cut)] = dice.choice([*PIECES, bytes(cut) * 2, b""])
        _survives(tmp_path, bytes(data))
