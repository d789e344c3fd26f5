# SPDX-License-Identifier: MIT OR Apache-2.0
"""Every property of the libOS is one program that must do what it does as a Linux process.

It runs as a static Linux process under qemu-user, which is the oracle, on the embedded machine
and on the target's real executor. Where it differs from Linux, `expect.toml` says why and how.
"""

from __future__ import annotations

import fnmatch
from pathlib import Path

import pytest

from tests import coverage
from tests.conftest import need_executor
from tests.support.build import build_project
from tests.support.tools import built_targets
from zeroos_build.execute import FoundExecutor, find_executor
from zeroos_build.target import load_target

from .expectation import expectation, properties
from .running import Linux, Run, check_run, copy_program, fits


def _test(name: str, target: str, dispatch: str, directory: Path) -> None:
    wanted = fits(expectation(name), load_target(target))
    project = copy_program(name, directory)
    linux = Linux(project, wanted, target)
    image = build_project(project, target, **{"build.dispatch": dispatch})[0].image
    description = load_target(target)
    run = Run(image, description, wanted, project)
    covers = target in coverage.TARGETS and dispatch == coverage.DISPATCH
    recorder = coverage.Recorder(name, target) if covers else None
    result = run.embedded(recorder)
    linux.check(lambda outcome: check_run(run, result, wanted, outcome, exact=True))
    if recorder is not None:
        recorder.save()
    found = find_executor(description)
    if any(executor.packaged for executor in description.executor):
        need_executor(target)
        found = find_executor(description)
        assert isinstance(found, FoundExecutor), found
    if isinstance(found, FoundExecutor):
        real = Run(image, description, wanted, project)
        end = real.real(found)
        # A real executor does not know why the libOS ended a run.
        linux.check(lambda outcome: check_run(real, end, wanted, outcome, exact=False))


MACHINES = [
    ("qemu-virt", "call"),
    ("qemu-virt", "trap"),
    ("qemu-virt32", "call"),
]
# The handlers are the same everywhere; one zkVM runs all programs on its executor too.
EVERYTHING = "sp1"


def _everywhere() -> list[str]:
    lines = (Path(__file__).parent / "everywhere.txt").read_text().splitlines()
    globs = [line for line in lines if not line.startswith("#")]
    chosen = {glob: fnmatch.filter(properties(), glob) for glob in globs}
    assert all(chosen.values()), chosen
    return sorted({name for names in chosen.values() for name in names})


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize(("target", "dispatch"), MACHINES)
@pytest.mark.parametrize("name", properties())
def test_on_machine(name: str, target: str, dispatch: str, tmp_path: Path) -> None:
    _test(name, target, dispatch, tmp_path)


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize("target", ["qemu-virt32", "spike"])
@pytest.mark.parametrize("name", _everywhere())
def test_trapped(name: str, target: str, tmp_path: Path) -> None:
    _test(name, target, "trap", tmp_path)


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.built_executor
@pytest.mark.parametrize("name", properties())
def test_on_one_zkvm(name: str, tmp_path: Path) -> None:
    _test(name, EVERYTHING, "call", tmp_path)


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.built_executor
@pytest.mark.parametrize("target", [name for name in built_targets() if name != EVERYTHING])
@pytest.mark.parametrize("name", _everywhere())
def test_on_zkvm(name: str, target: str, tmp_path: Path) -> None:
    _test(name, target, "call", tmp_path)
