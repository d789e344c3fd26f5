# SPDX-License-Identifier: MIT OR Apache-2.0
"""Building and running images in tests."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.support.build import build_project
from zeroos_build.build import BuildResult
from zeroos_build.execute import RunRequest, RunResult, find_executor, run_embedded, run_real
from zeroos_build.execute.request import TraceEvent
from zeroos_build.target import Target, load_target

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """A finished run with everything that came out of it."""

    result: RunResult
    stdout: bytes
    stderr: bytes
    public: bytes
    events: tuple[TraceEvent, ...] = ()


def make_project(directory: Path, source: str, manifest: str = "", name: str = "program") -> Path:
    """A project of one file."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "main.c").write_text(source)
    (directory / "zeroos.toml").write_text(f'[image]\nname = "{name}"\n{manifest}')
    return directory


def copy_example(name: str, directory: Path) -> Path:
    """A copy of an example, without what was built in it."""
    target = directory / name
    shutil.copytree(ROOT / "examples" / name, target, ignore=shutil.ignore_patterns("build"))
    return target


def build(directory: Path, target: str, **flags: str) -> BuildResult:
    """One image."""
    (result,) = build_project(directory, target, **flags)
    return result


def published(target: Target, output: bytes, code: int) -> bytes:
    """What a run leaves of a program's public output, where the target has memory for it, or
    publishes its digest."""
    if target.streams.public == "digest":
        return hashlib.sha256(output).digest() if code == 0 else b""
    window = target.memory.window("public")
    if target.streams.unit > 1:
        return output + bytes(-len(output) % target.streams.unit) if code == 0 else b""
    if window is None:
        return output
    return output.ljust(window.end - window.start, b"\0") if code == 0 else b""


def execute(
    image: Path, target: str, *, stdin: bytes = b"", real: bool = False, trace: bool = False
) -> Run:
    """Run on the embedded machine, strictly, or on the target's own executor."""
    out, err, public = bytearray(), bytearray(), bytearray()
    events: list[TraceEvent] = []
    request = RunRequest(
        image=image, target=load_target(target), input=stdin, stdout=out.extend,
        stderr=err.extend, output=public.extend, trace=events.append if trace else None,
    )  # fmt: skip
    if real:
        found = find_executor(load_target(target))
        assert not isinstance(found, str), found
        result = run_real(request, found)
    else:
        result = run_embedded(request)
    return Run(result, bytes(out), bytes(err), bytes(public), tuple(events))
