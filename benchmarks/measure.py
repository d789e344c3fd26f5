# SPDX-License-Identifier: MIT OR Apache-2.0
"""Measuring: images are built once per program and target and run on the embedded machine."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cached_property
from pathlib import Path

from benchmarks.metrics import COLUMNS, METRICS, Column, Metric
from zeroos_build.build import BuildResult, Options, build
from zeroos_build.elf.image import Image
from zeroos_build.execute import RunRequest, RunResult, run_embedded
from zeroos_build.manifest import load
from zeroos_build.target import load_target
from zeroos_build.toolchain.discover import search

PROGRAMS = Path(__file__).parent / "programs"
_FEW, _MANY = 100, 200


class Bench:
    """A directory with the images of all programs, for one target by one toolchain."""

    def __init__(self, directory: Path, column: Column) -> None:
        self.directory, self.toolchain = directory, column.toolchain
        self.target = load_target(column.target)
        self._built: dict[tuple[str, str], BuildResult] = {}

    def image(self, program: str, manifest: str = "") -> BuildResult:
        """A program's image."""
        key = (program, manifest)
        if key not in self._built:
            project = self.directory / f"{program}-{len(self._built)}"
            project.mkdir()
            shutil.copy(PROGRAMS / f"{program}.c", project / "main.c")
            shutil.copy(PROGRAMS / "bench.h", project)
            (project / "zeroos.toml").write_text(f'[image]\nname = "{program}"\n{manifest}')
            flags = {"build.toolchain": self.toolchain}
            (self._built[key],) = build(
                load(project, flags=flags, env={}), [self.target.name], Options()
            )
        return self._built[key]

    def run(self, program: str, manifest: str = "", **options: object) -> RunResult:
        """One run of a program."""
        image = self.image(program, manifest).image
        return run_embedded(RunRequest(image=image, target=self.target, **options))  # type: ignore[arg-type]

    def value(self, metric: Metric) -> int:
        """The figure."""
        if metric.unit == "bytes":
            report = self.image(metric.program).report
            return int(json.loads(report.read_text())["sizes"]["loaded"])
        if metric.unit == "total":
            return self._finished(self.run(metric.program))
        if metric.unit == "reach":
            return self._reach(metric.program)
        if metric.unit == "before":
            return self._before(metric.program)
        return self._per_operation(metric.program, metric.manifest) - self._loop

    @cached_property
    def _loop(self) -> int:
        return self._per_operation("loop", "")

    def _per_operation(self, program: str, manifest: str) -> int:
        few, many = (
            self._finished(self.run(program, manifest, input=str(n).encode()))
            for n in (_FEW, _MANY)
        )
        # Rounded up: an operation that is cheaper now and then counts as the dearer one.
        return -(-(many - few) // (_MANY - _FEW))

    @staticmethod
    def _finished(result: RunResult) -> int:
        if result.outcome != "exit" or result.exit_code or result.instructions is None:
            raise RuntimeError(f"the run failed: {result.outcome}: {result.message}")
        return result.instructions

    def _before(self, program: str) -> int:
        """From the first instruction of `write` to the host call that writes."""
        low, high = 0, 1 << 20
        while high - low > 1:
            middle = (low + high) // 2
            written = bytearray()
            self.run(program, input=b"1", limit=middle, stdout=written.extend)
            low, high = (low, middle) if written else (middle, high)
        for limit in range(high, 0, -1):
            result = self.run(program, input=b"1", limit=limit)
            if "(write+0x0)" in (result.message or ""):
                return high - 1 - limit
        raise RuntimeError("write was not called")

    def _reach(self, program: str) -> int:
        """The smallest number of instructions behind which main has been entered."""
        image = Image.read(self.image(program).image)
        start = image.addresses["main"]
        low, high = 0, 1 << 20
        while high - low > 1:
            middle = (low + high) // 2
            result = self.run(program, limit=middle)
            if result.outcome != "limit":
                raise RuntimeError(f"main was not reached: {result.message}")
            if f"0x{start:x}" in (result.message or "") or "main+" in (result.message or ""):
                high = middle
            else:
                low = middle
        return high


def measure() -> Iterator[tuple[Metric, Column, int]]:
    """(metric, column, figure) for everything that the compilers installed here can build."""
    columns = [c for c in COLUMNS if search(c.toolchain).toolchain is not None]
    # Counting is done by one thread, so columns are what a machine of several cores can share.
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for column, figures in zip(columns, pool.map(_figures, columns), strict=True):
            for metric, value in figures:
                yield metric, column, value


def _figures(column: Column) -> list[tuple[Metric, int]]:
    with tempfile.TemporaryDirectory(prefix="zeroos-bench-") as directory:
        bench = Bench(Path(directory), column)
        return [(m, bench.value(m)) for m in METRICS if m.applies(column.target)]
