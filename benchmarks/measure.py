# SPDX-License-Identifier: MIT OR Apache-2.0
"""Measuring: images are built once per program and target and run on the embedded machine."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import groupby
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
    """A directory with the images of all programs, by one toolchain."""

    def __init__(self, directory: Path, toolchain: str) -> None:
        self.directory, self.toolchain = directory, toolchain
        self._built: dict[tuple[str, str, str], BuildResult] = {}

    def image(self, program: str, target: str, manifest: str = "") -> BuildResult:
        """A program's image for a target."""
        key = (program, target, manifest)
        if key not in self._built:
            project = self.directory / f"{program}-{target}-{len(self._built)}"
            project.mkdir()
            shutil.copy(PROGRAMS / f"{program}.c", project / "main.c")
            shutil.copy(PROGRAMS / "bench.h", project)
            (project / "zeroos.toml").write_text(f'[image]\nname = "{program}"\n{manifest}')
            flags = {"build.toolchain": self.toolchain}
            (self._built[key],) = build(load(project, flags=flags, env={}), [target], Options())
        return self._built[key]

    def run(self, program: str, target: str, manifest: str = "", **options: object) -> RunResult:
        """One run of a program."""
        image = self.image(program, target, manifest).image
        return run_embedded(RunRequest(image=image, target=load_target(target), **options))  # type: ignore[arg-type]

    def value(self, metric: Metric, target: str) -> int:
        """The figure."""
        if metric.unit == "bytes":
            report = self.image(metric.program, target).report
            return int(json.loads(report.read_text())["sizes"]["loaded"])
        if metric.unit == "total":
            return self._finished(self.run(metric.program, target))
        if metric.unit == "reach":
            return self._reach(metric.program, target)
        if metric.unit == "before":
            return self._before(metric.program, target)
        return self._per_operation(metric.program, target, metric.manifest) - self._loop(target)

    @cache  # noqa: B019 - lives as long as the process
    def _loop(self, target: str) -> int:
        return self._per_operation("loop", target, "")

    def _per_operation(self, program: str, target: str, manifest: str) -> int:
        few, many = (
            self._finished(self.run(program, target, manifest, input=str(n).encode()))
            for n in (_FEW, _MANY)
        )
        # Rounded up: an operation that is cheaper now and then counts as the dearer one.
        return -(-(many - few) // (_MANY - _FEW))

    @staticmethod
    def _finished(result: RunResult) -> int:
        if result.outcome != "exit" or result.exit_code or result.instructions is None:
            raise RuntimeError(f"the run failed: {result.outcome}: {result.message}")
        return result.instructions

    def _before(self, program: str, target: str) -> int:
        """From the first instruction of `write` to the host call that writes."""
        low, high = 0, 1 << 20
        while high - low > 1:
            middle = (low + high) // 2
            written = bytearray()
            self.run(program, target, input=b"1", limit=middle, stdout=written.extend)
            low, high = (low, middle) if written else (middle, high)
        for limit in range(high, 0, -1):
            result = self.run(program, target, input=b"1", limit=limit)
            if "(write+0x0)" in (result.message or ""):
                return high - 1 - limit
        raise RuntimeError("write was not called")

    def _reach(self, program: str, target: str) -> int:
        """The smallest number of instructions behind which main has been entered."""
        image = Image.read(self.image(program, target).image)
        start = image.addresses["main"]
        low, high = 0, 1 << 20
        while high - low > 1:
            middle = (low + high) // 2
            result = self.run(program, target, limit=middle)
            if result.outcome != "limit":
                raise RuntimeError(f"main was not reached: {result.message}")
            if f"0x{start:x}" in (result.message or "") or "main+" in (result.message or ""):
                high = middle
            else:
                low = middle
        return high


def measure() -> Iterator[tuple[Metric, Column, int]]:
    """(metric, column, figure) for everything that the compilers installed here can build."""
    for toolchain, columns in groupby(COLUMNS, key=lambda column: column.toolchain):
        if search(toolchain).toolchain is None:
            continue
        with tempfile.TemporaryDirectory(prefix="zeroos-bench-") as directory:
            bench = Bench(Path(directory), toolchain)
            for column in columns:
                for metric in METRICS:
                    if metric.applies(column.target):
                        yield metric, column, bench.value(metric, column.target)
