# SPDX-License-Identifier: MIT OR Apache-2.0
"""Runs of a conformance program: as a Linux process, and as an image."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from tests import coverage
from tests.support.images import published
from tests.support.oracle import build_linux, run_linux
from zeroos_build.execute import (
    FoundExecutor,
    RunRequest,
    RunResult,
    run_embedded,
    run_real,
)
from zeroos_build.manifest import load
from zeroos_build.target import Target

from .expectation import HERE, Expectation

# More than any of them needs: a program that hangs is stopped, and fails.
LIMIT = 400_000_000


class Run:
    """One run of an image and what it wrote."""

    def __init__(self, image: Path, target: Target, wanted: Expectation, home: Path) -> None:
        self.target = target
        self.streams = {"stdout": bytearray(), "stderr": bytearray(), "output": bytearray()}
        self._parts = dict(
            image=image,
            target=target,
            input=wanted.private_input(home),
            **{name: stream.extend for name, stream in self.streams.items()},
        )

    def embedded(self, recorder: coverage.Recorder | None = None) -> RunResult:
        request = RunRequest(**self._parts, limit=LIMIT, trace=recorder)  # type: ignore[arg-type]
        return run_embedded(request)

    def real(self, found: FoundExecutor) -> RunResult:
        return run_real(RunRequest(**self._parts, timeout=60), found)  # type: ignore[arg-type]


def copy_program(name: str, directory: Path) -> Path:
    """A copy to build in; the image has the property's name."""
    project = directory / name
    ignore = shutil.ignore_patterns("build")
    shutil.copytree(HERE / name, project, symlinks=True, ignore=ignore)
    return project


class Linux:
    """The oracle. An image does the same every time; a Linux process does not where threads meet
    on a busy host. So a run that differs is compared with further runs of the process.
    """

    RUNS = 4

    def __init__(self, project: Path, wanted: Expectation, target: str) -> None:
        self.project, self.wanted, self.runs = project, wanted, 0
        self.last: tuple[int, bytes] | None = None
        if not wanted.explicit:
            (project / "linux").mkdir()
            output = project / "linux" / project.name
            self.program = build_linux(project, output, target)
            self.files = project / wanted.root if wanted.root else _embedded(project)

    def run(self) -> tuple[int, bytes]:
        """Exit code and standard output."""
        self.runs += 1
        wanted = self.wanted
        if wanted.explicit:
            self.runs = self.RUNS
            return wanted.code, wanted.stdout.encode()
        try:
            outcome = run_linux(
                self.program,
                stdin=wanted.stdin.encode() or wanted.private_input(self.project),
                args=list(wanted.args),
                env=wanted.env,
                files=self.files,
            )
        except subprocess.TimeoutExpired:
            if self.runs == self.RUNS:
                raise
            return self.run()
        return outcome.code, outcome.stdout

    def check(self, check: Callable[[tuple[int, bytes]], None]) -> None:
        """Compare with the last run, and with more until one agrees."""
        if self.last is None:
            self.last = self.run()
        while True:
            try:
                return check(self.last)
            except AssertionError:
                if self.runs >= self.RUNS:
                    raise
            self.last = self.run()


def _embedded(project: Path) -> Path | None:
    """A directory with what the image has in its working directory."""
    resolved = load(project, env={}).resolve()
    work = project / "linux" / "cwd"
    cwd = PurePosixPath(resolved.abi.vfs.cwd)
    for item in resolved.embedded:
        if not PurePosixPath(item.path).is_relative_to(cwd):
            continue
        path = work / PurePosixPath(item.path).relative_to(cwd)
        if item.kind == "link":
            path.symlink_to(item.target)
        elif item.kind == "directory":
            path.mkdir(parents=True)
        else:
            shutil.copy(project / item.source, path)
    return work if work.exists() else None


def check_run(
    run: Run, result: RunResult, wanted: Expectation, linux: tuple[int, bytes], exact: bool
) -> None:
    stderr = run.streams["stderr"].decode("utf-8", "replace")
    where = f"{result.executor}: {result.message or ''}\n{stderr}"
    assert run.streams["stdout"].decode("utf-8", "replace") == linux[1].decode(), where
    assert result.exit_code == linux[0], where
    if wanted.outcome and exact:
        assert result.outcome == wanted.outcome, where
    if wanted.output is not None:
        output = published(run.target, wanted.output.encode(), linux[0])
        assert run.streams["output"] == output, where
    for piece in wanted.stderr:
        assert piece in stderr, where


def fits(wanted: Expectation, target: Target) -> Expectation:
    """Public output that the target cannot take ends the run instead."""
    most = target.streams.public
    if isinstance(most, int) and len(wanted.output or "") > most:
        return Expectation(
            differs=f"its public output has at most {most} bytes", code=134, outcome="halt",
            output=wanted.output, stderr=("zeroos: the public output is larger than",),
        )  # fmt: skip
    return wanted
