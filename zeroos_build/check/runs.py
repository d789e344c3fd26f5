# SPDX-License-Identifier: MIT OR Apache-2.0
"""Runs on the embedded machine: how long they take, and where they are on the way."""

from __future__ import annotations

from pathlib import Path

from zeroos_build.check.built import Built
from zeroos_build.execute import RunRequest, RunResult, run_embedded

# So many times a run is stopped to see where it is; each costs half a run.
_SAMPLES = 16
# Longer runs are stopped less often: half of it per sample takes some seconds.
_LONG, _FEW = 50_000_000, 4


def measure(subject: Built, given: Path | None) -> RunResult:
    """One run with a file as private input."""
    return run_embedded(_request(subject, given))


def sample(subject: Built, given: Path | None, instructions: int) -> list[tuple[int, str]]:
    """(percent, function) of the moments at which a run of so many instructions was stopped."""
    count = _FEW if instructions > _LONG else _SAMPLES
    seen: dict[str, int] = {}
    for step in range(count):
        limit = max(1, instructions * (2 * step + 1) // (2 * count))
        result = run_embedded(_request(subject, given, limit))
        levels = result.backtrace.stacks[0].inner if result.backtrace else ()
        name = levels[0].places[-1].function if levels else "?"
        seen[name] = seen.get(name, 0) + 1
    return [(round(100 * hits / count), f"`{name}`") for name, hits in seen.items()]


def _request(subject: Built, given: Path | None, limit: int | None = None) -> RunRequest:
    return RunRequest(
        image=subject.image_file,
        target=subject.resolved.target,
        input=given.read_bytes() if given else b"",
        limit=limit,
        fast=limit is not None,
        backtrace="auto" if limit is not None else "off",
    )
