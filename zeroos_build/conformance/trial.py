# SPDX-License-Identifier: MIT OR Apache-2.0
"""One program of the kit on one target: built, run and judged."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from zeroos_build import files
from zeroos_build.conformance.kit import Program, kit_directory, published, unfit
from zeroos_build.conformance.runner import Ran, Runner
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.target import Target

if TYPE_CHECKING:
    from zeroos_build.build import Options

_SHOWN = 120  # characters of a stream in a finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out: the findings of a program that failed, or the reason why it did not run."""

    name: str
    state: Literal["passed", "failed", "skipped"]
    seconds: float
    findings: tuple[str, ...] = ()
    instructions: int | None = None


def make_project(program: Program, directory: Path) -> Path:
    """The program's project in a directory; gives its manifest."""
    home = kit_directory() / "programs"
    for name in (program.source, *program.beside):
        shutil.copy(home / name, directory / name)
    manifest = directory / "zeroos.toml"
    files.write_text(manifest, program.manifest_text())
    return manifest


def attempt(
    program: Program, target: Target, reference: str, runner: Runner, options: Options
) -> Verdict:
    """Build a program for the target that `reference` names, run it and judge what it did."""
    from zeroos_build.build import build
    from zeroos_build.manifest import load

    reason = unfit(program, target)
    if reason is not None:
        return Verdict(program.name, "skipped", 0, (reason,))
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zeroos-conformance-") as scratch:
        try:
            project = load(make_project(program, Path(scratch)), env={})
            [built] = build(project, [reference], options)
            ran = runner(built.image, program.input)
        except ZeroosError as problem:
            words = tuple(f"{item.code}: {item.message}" for item in problem.diagnostics)
            return Verdict(program.name, "failed", time.monotonic() - start, words)
    found = tuple(findings(program, target, ran))
    state: Literal["passed", "failed"] = "failed" if found else "passed"
    return Verdict(program.name, state, time.monotonic() - start, found, ran.instructions)


def findings(program: Program, target: Target, ran: Ran) -> Iterator[str]:
    """What a run did otherwise than it must."""
    coarse = target.exit.codes == "pass-fail"
    ended = f"the exit code is {ran.code}" + (f" ({ran.message})" if ran.message else "")
    if program.fails:
        if ran.code == 0:
            yield "the run reads as a success, and the program failed"
    elif coarse and (ran.code == 0) != (program.code == 0):
        yield f"{ended}; {'success' if program.code == 0 else 'failure'} was wanted"
    elif not coarse and ran.code != program.code:
        yield f"{ended}, not {program.code}"
    elif ran.failed and program.code == 0:
        yield f"the run failed: {ran.message or 'nobody says why'}"
    if not program.prints(ran.stdout):
        wanted = program.stdout_sha256 or _shown(program.stdout.encode())
        yield f"stdout is {_shown(ran.stdout)}, not {wanted}"
    if ran.output is not None and program.code == 0 and not program.fails:
        public = published(target, program.output)
        if ran.output != public:
            yield f"the public output is {_shown(ran.output)}, not {_shown(public)}"


def _shown(data: bytes) -> str:
    text = repr(data)[1:]
    rest = len(data)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... ({rest} bytes)"
