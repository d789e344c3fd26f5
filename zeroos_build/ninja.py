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
from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError, error
from zeroos_build.step_server.start import lines, step_server

# A build step of ours that failed says so in one line of this form; see step.py.
MARKER = "zeroos-diagnostics: "
_STATUS = "@@%f/%t "
_LINE = re.compile(r"@@(\d+)/(\d+) (.*)")
_LINKER = re.compile(
    r"(?:\S*/)?(?:ld\.lld|\S*-ld(?:\.bfd)?|ld)(?:-\d+)?: "
    r"|.*: in function `|.*: relocation truncated to fit: "
)
_ERROR = re.compile(r"(.+?):(\d+):(\d+): (?:fatal )?error: (.*)")

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
    prefix: str = "",
) -> list[str]:
    """Bring a ninja file's defaults up to date; returns what the commands printed.

    A failing edge raises: with its own diagnostics when it is a step of ours, else ZOS43x with
    the program's words, `prefix` taken off its paths. On an interrupt ninja removes half-written
    outputs.
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
    server = step_server()
    child = subprocess.Popen(
        argv,
        cwd=file.parent,
        env={**os.environ, **server.environment(), "NINJA_STATUS": _STATUS},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=(server.address.fileno(),),
        start_new_session=True,
    )
    printed: list[str] = []
    assert child.stdout is not None
    try:
        for line in lines(child.stdout, server):
            match = _LINE.match(line)
            if match is None:
                printed.append(line)
            elif on_step is not None:
                on_step(int(match[1]), int(match[2]), match[3])
        code = child.wait()
    except BaseException:
        _interrupt(child)
        _remove_leftovers(file.parent)
        raise
    finally:
        child.stdout.close()
    if code:
        _remove_leftovers(file.parent)
        raise _failure(printed, prefix)
    return [line for line in printed if not line.startswith("ninja: ")]


def _interrupt(child: subprocess.Popen[bytes]) -> None:
    """Let ninja and its commands stop by themselves, then make them."""
    for number, patience in ((signal.SIGINT, 5), (signal.SIGKILL, 5)):
        if child.poll() is not None:
            return
        try:
            os.killpg(child.pid, number)
            child.wait(patience)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def _remove_leftovers(directory: Path) -> None:
    """ninja removes the outputs of what failed; lld also leaves the file that it was writing, as
    large as the image, when relocations do not fit or when it is killed.
    """
    for path in directory.glob("*.elf.tmp*"):
        path.unlink(missing_ok=True)


def _failure(printed: list[str], prefix: str) -> ZeroosError:
    """What failed, in order of preference: our own words, the linker's in ours, a compiler's."""
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
        line.replace(prefix, "") if prefix else line
        for index, line in enumerate(printed)
        if index not in commands and not line.startswith(("FAILED: ", "ninja: "))
    ]
    if any(_LINKER.match(line) for line in words):
        from zeroos_build.link.messages import translate

        return ZeroosError(translate("\n".join(words)))
    return ZeroosError(_compiler_errors(words))


def _compiler_errors(words: list[str]) -> list[Diagnostic]:
    found = []
    for index, line in enumerate(words):
        match = _ERROR.match(line)
        if match:
            shown = words[index + 1].partition("|")[2][1:] if index + 1 < len(words) else ""
            place = Location(match[1], int(match[2]), int(match[3]), shown)
            found.append(Diagnostic("ZOS430", f"the compiler says: {match[4]}", place))
    if found:
        return found
    text = "\n".join(words) or "it said nothing"
    return [
        Diagnostic(
            "ZOS430",
            "a build command failed",
            notes=(text,),
            help="run again with -v to see the command",
        )
    ]
