# SPDX-License-Identifier: MIT OR Apache-2.0
"""What an operation costs where there are many of what it works on: linear in total."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zeroos_build.build import Options, build
from zeroos_build.execute import RunRequest, run_embedded
from zeroos_build.manifest import load
from zeroos_build.target import load_target

HERE = Path(__file__).parent
# Memory for ten thousand stacks is more than a board has by default.
TARGET = "sp1"
# Of the cost at the largest size to that at the smallest.
LIMIT = 1.5


@dataclass(frozen=True, slots=True)
class Scale:
    """A program of scale/ and how many operations it does."""

    name: str
    program: str
    sizes: tuple[int, int, int]


SCALES = (
    Scale("threads alive, 8 KiB stacks", "threads", (100, 1_000, 10_000)),
    Scale("futex operations", "futex", (1_000, 10_000, 100_000)),
    Scale("files", "files", (100, 1_000, 10_000)),
    Scale("KiB of heap", "heap", (4 << 10, 16 << 10, 64 << 10)),
)


def costs(scale: Scale, directory: Path) -> list[float]:
    """Instructions per operation at each size, less what the program costs without any."""
    project = directory / scale.program
    project.mkdir()
    (directory / "programs").mkdir(exist_ok=True)
    shutil.copy(HERE / "programs/bench.h", directory / "programs")
    shutil.copy(HERE / "scale" / f"{scale.program}.c", project / "main.c")
    (project / "zeroos.toml").write_text("")
    (built,) = build(load(project, flags={}, env={}), [TARGET], Options())
    none, *rows = (_instructions(built.image, size) for size in (0, *scale.sizes))
    return [(row - none) / size for row, size in zip(rows, scale.sizes, strict=True)]


def _instructions(image: Path, size: int) -> int:
    request = RunRequest(image=image, target=load_target(TARGET), input=str(size).encode())
    result = run_embedded(request)
    if result.outcome != "exit" or result.exit_code or result.instructions is None:
        raise RuntimeError(f"{image.stem} with {size}: {result.outcome}, {result.exit_code}")
    return result.instructions


def problems(scale: Scale, found: list[float]) -> Iterator[str]:
    """What grows faster than the number of operations."""
    first, *_, last = found
    if last > LIMIT * first:
        yield f"{scale.name}: {last:.1f} at {scale.sizes[-1]}, {first:.1f} at {scale.sizes[0]}"


def table(directory: Path) -> tuple[list[str], list[str]]:
    """Lines to print, and what is not linear."""
    lines = [f"{'instructions per operation':28} {TARGET:>11}"]
    broken: list[str] = []
    for scale in SCALES:
        found = costs(scale, directory)
        cells = (f"{cost:.1f} at {n}" for cost, n in zip(found, scale.sizes, strict=True))
        lines.append(f"{scale.name:28} {', '.join(cells)}")
        broken += problems(scale, found)
    return lines, broken
