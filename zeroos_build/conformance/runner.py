# SPDX-License-Identifier: MIT OR Apache-2.0
"""Who runs an image: the embedded machine, the target's own executor, or a user's command."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from zeroos_build import files, process
from zeroos_build.diagnostics import error
from zeroos_build.target import Target

ExecutorChoice = Literal["auto", "embedded", "real"]
_PLACES = ("{image}", "{input}", "{output}")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left. `failed`: it ended otherwise than by an exit of the program. `output` is
    None where nobody said what the public output was; so are `instructions`."""

    code: int
    failed: bool
    stdout: bytes
    stderr: bytes
    output: bytes | None
    instructions: int | None = None
    message: str | None = None


# From an image and its private input to what the run left.
Runner = Callable[[Path, bytes], Ran]


def executor_runner(
    target: Target, choice: ExecutorChoice, *, limit: int | None = None
) -> tuple[str, Runner]:
    """The machine that `run --executor` takes, with its name. ZOS601 if `real` is not there."""
    from zeroos_build.execute import find_executor, require_executor, run_embedded, run_real
    from zeroos_build.execute.request import RunRequest

    found = None
    if choice == "real" or (choice == "auto" and target.kernel == "linux"):
        found = require_executor(target)
    elif choice == "auto":
        looked = find_executor(target)
        found = None if isinstance(looked, str) else looked

    def run(image: Path, given: bytes) -> Ran:
        out, err, public = bytearray(), bytearray(), bytearray()
        request = RunRequest(
            image=image, target=target, input=given, stdout=out.extend, stderr=err.extend,
            output=public.extend, limit=limit if found is None else None,
        )  # fmt: skip
        result = run_embedded(request) if found is None else run_real(request, found)
        return Ran(
            result.exit_status, result.failed, bytes(out), bytes(err), bytes(public),
            result.instructions, result.message,
        )  # fmt: skip

    return (found.executor.name if found else "embedded"), run


def command_runner(words: str, timeout: float) -> tuple[str, Runner]:
    """A command that runs one image, as `--runner` gives it.

    `{image}`, `{input}` and `{output}` are file names; without any of them the command gets
    `IMAGE --input FILE --output FILE`. Its stdout and exit code are the guest's. What it leaves in
    the output file is the public output; a command that writes none does not say what it was.
    """
    parts = shlex.split(words)
    if not parts:
        raise error("ZOS100", "`--runner` names no command")
    if not any(place in part for part in parts for place in _PLACES):
        parts += ["{image}", "--input", "{input}", "--output", "{output}"]

    def run(image: Path, given: bytes) -> Ran:
        with tempfile.TemporaryDirectory(prefix="zeroos-runner-") as scratch:
            home = Path(scratch)
            files.write_bytes(home / "input", given)
            values = {
                "{image}": str(image.absolute()),
                "{input}": str(home / "input"),
                "{output}": str(home / "output"),
            }
            done = process.run([_filled(part, values) for part in parts], timeout=timeout)
            output = home / "output"
            public = output.read_bytes() if output.is_file() else None
        return Ran(done.code, done.signal != 0, done.stdout, done.stderr, public)

    return parts[0], run


def _filled(part: str, values: dict[str, str]) -> str:
    for place, value in values.items():
        part = part.replace(place, value)
    return part
