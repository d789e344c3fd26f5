# SPDX-License-Identifier: MIT OR Apache-2.0
"""The examples as programs to compare: their sources, inputs and arguments, and what must hold."""

from __future__ import annotations

import json
import random
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import need_program
from tests.support.images import ROOT, Run, copy_example, execute, published
from tests.support.oracle import Outcome, build_linux, run_linux
from zeroos_build.build import BuildResult
from zeroos_build.spec import load_specs
from zeroos_build.target import load_target

EXAMPLES = ["hello", "threads", "alloc", "args", "blake3"]
INPUT = random.Random(1).randbytes(1 << 20)


def prepare(name: str, directory: Path) -> Path:
    """A copy of an example to build in, complete."""
    if name == "blake3":
        fetch_blake3()
    return copy_example(name, directory)


@cache
def fetch_blake3() -> None:
    """Third-party sources come from the crate registry."""
    if not (ROOT / "examples/blake3/vendor/blake3/c/blake3.c").is_file():
        need_program("cargo")
        subprocess.run(["make", "-s", "-C", ROOT / "examples/blake3"], check=True, timeout=300)


def oracle(project: Path, stdin: bytes, target: str) -> Outcome:
    """The Linux process; its public output goes to descriptor 3, which qemu-user closes."""
    arguments = {"args": ["42", "with spaces", "ümlaut"]}.get(project.name, [])
    environment = {"args": {"GREETING": "hello", "EMPTY": ""}}.get(project.name, {})
    program = build_linux(project, project / project.name, target)
    return run_linux(program, stdin=stdin, args=arguments, env=environment)


def private_input(project: Path, target: str) -> bytes:
    """As much as the target has room for."""
    window = load_target(target).memory.window("input")
    room = window.end - window.start - 8 if window else len(INPUT)
    return INPUT[:room] if project.name == "blake3" else b""


def check_equal(run: Run, wanted: Outcome, target: str) -> None:
    """A run left what the Linux process left."""
    machine = load_target(target)
    code = int(wanted.code != 0) if machine.exit.codes == "pass-fail" else wanted.code
    assert (run.result.exit_code, run.stdout, run.stderr) == (code, wanted.stdout, wanted.stderr)
    assert run.public == published(machine, wanted.public, wanted.code)


def check_embedded(
    image: BuildResult, target: str, stdin: bytes, wanted: Outcome
) -> tuple[Run, dict[str, Any]]:
    """The same on the embedded machine, by no system call that the report lacks.

    Returns the run and the report.
    """
    run = execute(image.image, target, stdin=stdin, trace=True)
    assert run.result.message is None
    check_equal(run, wanted, target)
    report: dict[str, Any] = json.loads(image.report.read_text())
    calls = load_specs().by_number(load_target(target).isa.xlen)
    observed = {calls[number].name for number in run.result.observed or ()}
    assert observed <= set(report["syscalls"]["reachable"])
    return run, report
