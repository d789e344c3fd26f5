# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build cargo` in tests: one workspace, one target directory, std once per machine."""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from tests.conftest import need
from tests.support.tools import rust_source_missing
from tests.support.wrappers import environment
from zeroos_build import paths
from zeroos_build.cargo.machine import Machine
from zeroos_build.target import load_target

PROGRAMS = Path(__file__).parent.parent / "integration" / "cargo" / "programs"
# Long enough for std and every dependency on a busy machine.
TIMEOUT = 3000


@dataclass(frozen=True)
class Run:
    """What a guest left."""

    code: int
    stdout: bytes
    stderr: str


def need_rust() -> None:
    """Skip without a Rust that has the source of its standard library; fail where required."""
    need(_missing())


_missing = functools.cache(rust_source_missing)


def target_dir() -> Path:
    """Where cargo builds for all tests."""
    return paths.cache_root() / "tests" / "cargo-zeroos"


def cargo(
    *words: str, project: Path = PROGRAMS, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `zeroos-build cargo` in a project to its end.

    One at a time: two builds with different flags leave records of the same name.
    """
    command = [sys.executable, "-m", "zeroos_build", "cargo", *words]
    target_dir().parent.mkdir(parents=True, exist_ok=True)
    with FileLock(str(target_dir()) + ".lock"):
        return subprocess.run(
            command, cwd=project,
            env=environment(**{"CARGO_TARGET_DIR": str(target_dir()), **(env or {})}),
            capture_output=True, text=True, timeout=TIMEOUT, check=False,
        )  # fmt: skip


def build(*targets: str, words: tuple[str, ...] = (), directory: Path | None = None) -> None:
    """Build the whole workspace for targets that are programmed alike."""
    named = [part for target in targets for part in ("-t", target)]
    env = {"CARGO_TARGET_DIR": str(directory)} if directory is not None else {}
    done = cargo("build", "--release", "--locked", *named, *words, env=env)
    assert done.returncode == 0, done.stderr[-4000:]


def image(program: str, target: str, directory: Path | None = None) -> Path:
    """Where a built image lies."""
    triple = Machine.of(load_target(target)).triple
    return (directory or target_dir()) / triple / "release" / "zeroos" / target / f"{program}.elf"


def run(program: str, target: str, *words: str, directory: Path | None = None) -> Run:
    """Run a built image on the embedded machine, or a Linux process under qemu-user."""
    path = image(program, target, directory)
    if load_target(target).kernel == "linux":
        return _run_linux(path)
    command = [sys.executable, "-m", "zeroos_build", "run", str(path), *words]
    done = subprocess.run(
        command, env=environment(ZEROOS_EXECUTOR="embedded"), capture_output=True, timeout=300,
        check=False,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr.decode(errors="replace"))


@functools.cache
def _run_linux(path: Path) -> Run:
    from tests.support.oracle import run_linux

    found = run_linux(path)
    return Run(found.code, found.stdout, found.stderr.decode(errors="replace"))
