# SPDX-License-Identifier: MIT OR Apache-2.0
"""An executor that was found on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zeroos_build.target import Executor


@dataclass(frozen=True, slots=True)
class FoundExecutor:
    """An executor of a target and the program that it is on this machine."""

    executor: Executor
    program: Path
