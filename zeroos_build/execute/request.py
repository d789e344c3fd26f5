# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a run is asked for and what it gives back, whoever executes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from zeroos_build.diagnostics import EXIT_LIMIT
from zeroos_build.target import Target

if TYPE_CHECKING:
    from zeroos_build.backtrace import Backtrace, Mode

Outcome = Literal["exit", "halt", "trap", "fault", "deadlock", "limit"]
# A binary file's `write`, or anything that takes bytes.
Sink = Callable[[bytes], object]
# A syscall's number, its arguments and its result (None when it starts), and how to read the
# guest's memory: fewer bytes than asked for where it ends.
Look = Callable[
    [int, tuple[int, ...], int | None, Callable[[int, int], bytes]], tuple[Any, ...]
]  # fmt: skip

# libos/include/zeroos/host.h, enum zeroos_failure_reason: how a guest that exits failed.
FAILURES: dict[int, Outcome] = {
    1: "trap",  # a_crash, a lowered ebreak or unimp
    2: "deadlock",
    3: "fault",  # a stack was overrun
    4: "halt",
    5: "halt",
    6: "trap",
    7: "halt",
    8: "halt",  # the private input is no bundle that the image takes
}


@dataclass(frozen=True, slots=True)
class TraceEvent:
    """One syscall of the guest. Registers are unsigned; `result` is None if it never returned.

    `thread` is the thread's tp, `tid` its number. `before` and `after` are what the request's
    `look` gave when the syscall started and when it had returned.
    """

    site: int
    number: int
    args: tuple[int, int, int, int, int, int]
    result: int | None
    thread: int
    tid: int = 1
    before: tuple[Any, ...] = ()
    after: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """One run of an image.

    `input` is the private input; `output` receives the public output, which is digested in
    any case. `limit` ends the run after so many instructions; `fast` leaves out the checks;
    `trace` gets one event per executed syscall site, when it is done, and `look` may see the
    guest's memory at its start and its end. These need the embedded machine. With a `backtrace`
    that is not `off` a failed run says where it failed; real executors do not know. `timeout` in
    seconds bounds a real executor.
    """

    image: Path
    target: Target
    input: bytes = b""
    stdout: Sink | None = None
    stderr: Sink | None = None
    output: Sink | None = None
    limit: int | None = None
    fast: bool = False
    trace: Callable[[TraceEvent], object] | None = None
    look: Look | None = None
    backtrace: Mode = "off"
    timeout: float = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """How a run ended.

    `instructions` count from reset to halt, a host call as one; None where the executor does
    not count. `message` says in one sentence what was wrong. `observed` are the numbers of the
    syscalls that were executed, when the run was traced.
    """

    target: str
    executor: str
    outcome: Outcome
    exit_code: int
    instructions: int | None
    output_sha256: str
    cost: dict[str, int]
    message: str | None = None
    observed: frozenset[int] | None = None
    backtrace: Backtrace | None = None

    @property
    def failed(self) -> bool:
        """It ended otherwise than by an exit of the program; with any code, that is no failure."""
        return self.outcome != "exit"

    @property
    def exit_status(self) -> int:
        """The exit code for our own process: the guest's, and never 0 for a failure."""
        if self.outcome == "limit":
            return EXIT_LIMIT
        if self.exit_code == 0 and self.outcome != "exit":
            return 1
        return self.exit_code if 0 <= self.exit_code <= 255 else 255

    def stats(self) -> dict[str, Any]:
        """The object of `--stats`; a message is in it when there is one."""
        stats: dict[str, Any] = {
            "schema": 1,
            "target": self.target,
            "executor": self.executor,
            "instructions": self.instructions,
            "exit_code": self.exit_code,
            "outcome": self.outcome,
            "output_sha256": self.output_sha256,
            "cost": self.cost,
        }
        if self.message is not None:
            stats["message"] = self.message
        return stats
