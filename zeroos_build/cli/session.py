# SPDX-License-Identifier: MIT OR Apache-2.0
"""What `run` does around a run: the image's target, its streams, the machine, the result."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from zeroos_build import files
from zeroos_build.cli import settings
from zeroos_build.cli.output import note
from zeroos_build.cli.render import json_text, print_text
from zeroos_build.cli.trace import Tracing
from zeroos_build.diagnostics import error

if TYPE_CHECKING:
    from zeroos_build.backtrace import Backtrace
    from zeroos_build.execute import RunRequest, RunResult
    from zeroos_build.target import Target

ExecutorChoice = Literal["auto", "embedded", "real"]
# As backtrace.Mode, which is imported only where a run failed.
BacktraceChoice = Literal["auto", "off", "fp", "dwarf"]
# A real executor does not know a failure of the libOS from an exit with this code.
_FAILURE_CODE = 134


@dataclass(frozen=True, slots=True)
class Session:
    """One run as the command line asks for it; the output `-` is the process's own stdout."""

    image: Path
    target: Target
    executor: ExecutorChoice
    input: bytes
    output: Path | None
    stats: Path | None
    fast: bool
    trace: Tracing
    limit: int | None
    backtrace: BacktraceChoice

    def run(self) -> int:
        """Run the image; gives the exit code for this process."""
        from zeroos_build.execute import RunRequest, diagnose

        public = bytearray()
        traced, finish_trace = self.trace.parts(self.image, self.target)
        to_stdout = self.output == Path("-")
        request = RunRequest(
            image=self.image,
            target=self.target,
            input=self.input,
            stdout=_passes_on(sys.stdout.buffer.write, sys.stdout.buffer.flush),
            stderr=_passes_on(sys.stderr.buffer.write, sys.stderr.buffer.flush),
            output=_passes_on(sys.stdout.buffer.write, sys.stdout.buffer.flush)
            if to_stdout
            else public.extend,
            limit=self.limit,
            fast=self.fast,
            **traced,
            backtrace=self.backtrace,
        )
        sys.stdout.flush()
        result = self._machine()(request)
        finish_trace(result)
        if self.output is not None and not to_stdout:
            files.write_bytes(self.output, bytes(public))
        if self.stats is not None:
            files.write_text(self.stats, json.dumps(result.stats()) + "\n")
        finding = diagnose(result)
        backtrace = self._backtrace(request, result)
        if settings.current.json:
            found = [finding] if finding else []
            more = {"backtrace": backtrace.as_json()} if backtrace else {}
            sys.stderr.write(json_text(finding is None, found, run=result.stats(), **more))
            return result.exit_status
        if finding is not None:
            print_text([finding])
        if backtrace is not None:
            from zeroos_build.backtrace.render import format_backtrace

            sys.stderr.write(format_backtrace(backtrace, everything=settings.current.verbose > 0))
        return result.exit_status

    def _backtrace(self, request: RunRequest, result: RunResult) -> Backtrace | None:
        """Where a failed run stands; what a real executor ran is run again to learn that."""
        if result.executor == "embedded" or self.backtrace == "off":
            return result.backtrace
        if not (result.failed or result.exit_code == _FAILURE_CODE or self._is_pass_fail(result)):
            return None
        from zeroos_build.execute import replay

        again = replay(request, result)
        if again is None or again.backtrace is None:
            return None
        note("the backtrace is from the embedded machine, which ran the image again")
        return again.backtrace

    def _is_pass_fail(self, result: RunResult) -> bool:
        return self.target.exit.codes == "pass-fail" and result.exit_code != 0

    def _machine(self) -> Callable[..., RunResult]:
        from zeroos_build.execute import find_executor, require_executor, run_embedded, run_real

        kernel_only = self.target.kernel == "linux" and self.executor == "auto"
        if self.executor == "real" or (kernel_only and not (self.fast or self.trace or self.limit)):
            required = require_executor(self.target)
            return lambda request: run_real(request, required)
        if self.executor == "auto" and not (self.fast or self.trace or self.limit):
            found = find_executor(self.target)
            if not isinstance(found, str):
                note(f"running on {found.executor.name}")
                return lambda request: run_real(request, found)
            note(f"running on the embedded machine: {found}")
        return run_embedded


def image_target(image: Path, wanted: str | None) -> Target:
    """The target that an image was built for, by its note, else by the report beside it.

    Raises ZOS609 if none of them says it and `wanted` does not, or if `wanted` is another one.
    """
    from zeroos_build.target import load_target

    name = str(describe_image(image).get("target", ""))
    if wanted is not None:
        chosen = load_target(wanted)
        if name and chosen.name != name:
            raise error(
                "ZOS609",
                f"`{image}` was built for {name}, not for {chosen.name}",
                help=f"build it again with `-t {wanted}`, or leave out `-t`",
            )
        return chosen
    if not name:
        raise error(
            "ZOS609",
            f"nothing says which target `{image}` was built for",
            notes=["it has no note of ours, and there is no report beside it"],
            help="name the target: `-t T`",
        )
    return load_target(name)


def describe_image(image: Path) -> Mapping[str, object]:
    """What an image's note says of it, else the report beside it; maybe nothing."""
    from zeroos_build.elf.image import Image

    # A container (`.bin`) is no ELF file and has no note.
    written = Image.read(image).note if _is_elf(image) else None
    return written or _report(image)


def _is_elf(image: Path) -> bool:
    try:
        with image.open("rb") as file:
            return file.read(4) == b"\x7fELF"
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise error("ZOS703", f"cannot read `{image}`: {reason}") from problem


def _report(image: Path) -> dict[str, object]:
    try:
        report = json.loads(image.with_suffix(".report.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}


def _passes_on(
    write: Callable[[bytes], object], flush: Callable[[], object]
) -> Callable[[bytes], None]:
    def sink(data: bytes) -> None:
        write(data)
        flush()

    return sink
