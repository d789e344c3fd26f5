# SPDX-License-Identifier: MIT OR Apache-2.0
"""Guests in a temporary directory."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .guests import SP1, Guest, elf

MakeGuest = Callable[..., Guest]


@pytest.fixture
def guest(tmp_path: Path) -> MakeGuest:
    """`guest(code, target=..., **parts of the image)`."""
    numbers = itertools.count()

    def make(code: list[int], target: Any = SP1, **parts: Any) -> Guest:
        return Guest(tmp_path / f"guest{next(numbers)}.elf", elf(code, **parts), target)

    return make
