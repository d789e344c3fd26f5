# SPDX-License-Identifier: MIT OR Apache-2.0
"""Writing and running ninja files. Edges are plain commands with declared inputs and outputs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from zeroos_build import process
from zeroos_build.diagnostics import Diagnostic, ZeroosError, error

# A build step of ours that failed says so in one line of this form; see step.py.
MARKER = "zeroos-diagnostics: "
_STATUS = "@@%f/%t "
_LINE = re.compile(r"@@(\d+)/(\d+) (.*)")

OnStep = Callable[[int, int, str], None]


def _escape(text: str) -> str:
    return text.replace("$", "$$").replace(" ", "$ ").replace(":", "$:")


@dataclass
class NinjaFile:
    """A ninja file under construction; every edge is a rule of its own with a readable name."""

    lines: list[str] = field(default_factory=lambda: ["ninja_required_version = 1.9"])
    _count: int = 0

    def edge(
        self,
        description: str,
        command: Sequence[str],
        outputs: Iterable[str],
        inputs: Iterable[str],
        *,
        implicit: Iterable[str] = (),
        depfile: str | None = None,
        restat: bool = False,
    ) -> None:
        """Run `command` when an input is newer than an output. Paths are relative to the file."""
        self._count += 1
        rule = f"r{self._count}"
        line = process.quoted(list(command)).replace("$", "$$")
        self.lines += [f"rule {rule}", f"  command = {line}", f"  description = {description}"]
        if depfile:
            self.lines += [f"  depfile = {_escape(depfile)}", "  deps = gcc"]
        if restat:
            self.lines.append("  restat = 1")
        build = " ".join(map(_escape, outputs)) + f": {rule} " + " ".join(map(_escape, inputs))
        extra = " ".join(map(_escape, implicit))
        self.lines.append(f"build {build}" + (f" | {extra}" if extra else ""))

    def default(self, outputs: Iterable[str]) -> None:
        """What is built when nothing is asked for."""
        self.lines.append("default " + " ".join(map(_escape, outputs)))

    def text(self) -> str:
        """The file's content."""
        return "\n".join(self.lines) + "\n"


def program() -> str:
    """The ninja of the wheel."""
    spec = find_spec("ninja")
    if spec is None or spec.origin is None:
        raise error("ZOS203", "the wheel `ninja` is not installed", help="pip install ninja")
    from ninja import BIN_DIR

    return str(Path(BIN_DIR) / "ninja")


def run(
    file: Path,
    *,
    jobs: int | None = None,
    verbose: bool = False,
    on_step: OnStep | None = None,
) -> list[str]:
    """Bring a ninja file's defaults up to date; returns what the commands printed.

    A failing edge raises: with its own diagnostics when it is a step of ours, else ZOS430 with
    the program's words. On an interrupt ninja removes half-written outputs.
    """
    argv = [
        program(),
        "-f",
        file.name,
        *([f"-j{jobs}"] if jobs else []),
        *(["-v"] if verbose else []),
    ]
    if process.on_command is not None:
        process.on_command(process.quoted(argv, file.parent))
    child = subprocess.Popen(
        argv,
        cwd=file.parent,
        env={**os.environ, "NINJA_STATUS": _STATUS},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    printed: list[str] = []
    assert child.stdout is not None
    try:
        for line in child.stdout:
            match = _LINE.match(line)
            if match is None:
                printed.append(line.rstrip("\n"))
            elif on_step is not None:
                on_step(int(match[1]), int(match[2]), match[3])
        code = child.wait()
    except BaseException:
        _interrupt(child)
        raise
    if code:
        raise _failure(printed)
    return [line for line in printed if not line.startswith("ninja: ")]


def _interrupt(child: subprocess.Popen[str]) -> None:
    """Let ninja and its commands stop by themselves, then make them."""
    for number, patience in ((signal.SIGINT, 5), (signal.SIGKILL, 5)):
        if child.poll() is not None:
            return
        try:
            os.killpg(child.pid, number)
            child.wait(patience)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def _failure(printed: list[str]) -> ZeroosError:
    found: list[Diagnostic] = []
    for line in printed:
        if line.startswith(MARKER):
            rows = json.loads(line.removeprefix(MARKER))
            found.extend(Diagnostic.from_json(row) for row in rows)
    if found:
        return ZeroosError(found)
    # Behind FAILED stands the command itself; the user asked for it only with -v.
    commands = {index + 1 for index, line in enumerate(printed) if line.startswith("FAILED: ")}
    words = [
        line
        for index, line in enumerate(printed)
        if index not in commands and not line.startswith(("FAILED: ", "ninja: build stopped"))
    ]
    first = next((line for line in words if "error" in line), words[0] if words else "no message")
    return error(
        "ZOS430",
        f"a build command failed: {first.strip()}",
        notes=["\n".join(words)] if words else (),
        help="run again with -v to see the command",
    )
