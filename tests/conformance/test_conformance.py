# SPDX-License-Identifier: MIT OR Apache-2.0
"""Every property of the libOS is one program that must do what it does as a Linux process.

It runs as a static Linux process under qemu-user, which is the oracle, on the embedded machine
and on the target's real executor. Where it differs from Linux, `expect.toml` says why and how.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from tests import coverage
from tests.conftest import need_executor
from tests.support.build import build_project
from tests.support.images import published
from tests.support.oracle import build_linux, run_linux
from tests.support.tools import built_targets
from zeroos_build.execute import (
    FoundExecutor,
    RunRequest,
    RunResult,
    find_executor,
    run_embedded,
    run_real,
)
from zeroos_build.manifest import load
from zeroos_build.target import Target, load_target

from .expectation import HERE, Expectation, expectation, properties

# More than any of them needs: a program that hangs is stopped, and fails.
LIMIT = 400_000_000


class _Run:
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


def _project(name: str, directory: Path) -> Path:
    """A copy to build in; the image has the property's name."""
    project = directory / name
    ignore = shutil.ignore_patterns("build")
    shutil.copytree(HERE / name, project, symlinks=True, ignore=ignore)
    return project


class _Linux:
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


def _check(
    run: _Run, result: RunResult, wanted: Expectation, linux: tuple[int, bytes], exact: bool
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


def _fits(wanted: Expectation, target: Target) -> Expectation:
    """Public output that the target cannot take ends the run instead."""
    most = target.streams.public
    if isinstance(most, int) and len(wanted.output or "") > most:
        return Expectation(
            differs=f"its public output has at most {most} bytes", code=134, outcome="halt",
            output=wanted.output, stderr=("zeroos: the public output is larger than",),
        )  # fmt: skip
    return wanted


def _test(name: str, target: str, dispatch: str, directory: Path) -> None:
    wanted = _fits(expectation(name), load_target(target))
    project = _project(name, directory)
    linux = _Linux(project, wanted, target)
    image = build_project(project, target, **{"build.dispatch": dispatch})[0].image
    description = load_target(target)
    run = _Run(image, description, wanted, project)
    covers = target in coverage.TARGETS and dispatch == coverage.DISPATCH
    recorder = coverage.Recorder(name, target) if covers else None
    result = run.embedded(recorder)
    linux.check(lambda outcome: _check(run, result, wanted, outcome, exact=True))
    if recorder is not None:
        recorder.save()
    found = find_executor(description)
    if any(executor.packaged for executor in description.executor):
        need_executor(target)
        found = find_executor(description)
        assert isinstance(found, FoundExecutor), found
    if isinstance(found, FoundExecutor):
        real = _Run(image, description, wanted, project)
        end = real.real(found)
        # A real executor does not know why the libOS ended a run.
        linux.check(lambda outcome: _check(real, end, wanted, outcome, exact=False))


MACHINES = [
    ("qemu-virt", "call"),
    ("qemu-virt", "trap"),
    ("qemu-virt32", "call"),
    ("qemu-virt32", "trap"),
    ("spike", "trap"),
]


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize(("target", "dispatch"), MACHINES)
@pytest.mark.parametrize("name", properties())
def test_on_machine(name: str, target: str, dispatch: str, tmp_path: Path) -> None:
    _test(name, target, dispatch, tmp_path)


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.built_executor
@pytest.mark.parametrize("target", built_targets())
@pytest.mark.parametrize("name", properties())
def test_on_zkvm(name: str, target: str, tmp_path: Path) -> None:
    _test(name, target, "call", tmp_path)
