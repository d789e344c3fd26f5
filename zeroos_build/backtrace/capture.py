# SPDX-License-Identifier: MIT OR Apache-2.0
"""From a stopped machine to plain data: threads, their frames, the registers of one of them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from zeroos_build.backtrace.rules import How, Read, Registers
from zeroos_build.backtrace.source import Place, Sources
from zeroos_build.backtrace.threads import ThreadTable
from zeroos_build.backtrace.unwind import Frame, Mode, Unwinder
from zeroos_build.elf.image import Image
from zeroos_build.riscv.registers import NAMES

# Of a longer stack the innermost and the outermost frames are kept.
_INNER, _OUTER = 48, 8
# At a deadlock, the threads that are shown.
_THREADS = 32


@dataclass(frozen=True, slots=True)
class Stopped:
    """A machine that stopped: `values[n]` is xn."""

    pc: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One frame; `places` are its function and what was inlined there, innermost first."""

    pc: int
    places: tuple[Place, ...]
    how: How


@dataclass(frozen=True, slots=True)
class Stack:
    """The frames of a thread, innermost first; `left_out` stand between `inner` and `outer`.

    `own` is the innermost one that is the program's: those before are the libOS's, where it
    ended the run or where a thread waits.
    """

    tid: int
    own: int
    inner: tuple[Level, ...]
    left_out: int
    outer: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Backtrace:
    """The failed thread first; the others only at a deadlock, and `more` of them are not here.

    `registers` are those at the program's own innermost frame, by ABI name; what calls have
    destroyed since is missing.
    """

    xlen: int
    stacks: tuple[Stack, ...]
    more: int
    registers: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "registers": self.registers,
            "threads": [_stack_json(stack) for stack in self.stacks],
            "threads_left_out": self.more,
        }


def capture(
    path: Path, read: Read, stopped: Stopped, mode: Mode, *, by_libos: bool, all_threads: bool
) -> Backtrace:
    """The backtrace of a machine that ran the image at `path`; `read` reads its memory.

    `by_libos`: it was the libOS that ended the run.
    """
    image = Image.read(path)
    unwinder, sources = Unwinder(image, read, mode), Sources(image)
    table = ThreadTable(image, read)
    values = {n: value for n, value in enumerate(stopped.values) if n}
    found = _cut(unwinder.frames(Registers(stopped.pc, values)))
    own = _own_frame(found[0]) if by_libos else 0
    stacks = [_stack(table.running_tid(), own, *found, sources)]
    shown = found[0][own].registers
    more = 0
    if all_threads:
        others = list(table.others())
        more = max(0, len(others) - _THREADS)
        for thread in others[:_THREADS]:
            found = _cut(unwinder.frames(thread.registers, thread.returned_to))
            stacks.append(_stack(thread.tid, _own_frame(found[0]), *found, sources))
    known = {NAMES[n]: shown.values[n] for n in range(1, 32) if n in shown.values}
    return Backtrace(image.xlen, tuple(stacks), more, {"pc": shown.pc, **known})


def _cut(frames: Any) -> tuple[list[Frame], int, list[Frame]]:
    inner = list(islice(frames, _INNER))
    outer: deque[Frame] = deque(maxlen=_OUTER)
    count = 0
    for frame in frames:
        outer.append(frame)
        count += 1
    return inner, count - len(outer), list(outer)


def _own_frame(frames: list[Frame]) -> int:
    """The innermost frame that is the program's: at a system call, else not the libOS's."""
    sites = (index for index, frame in enumerate(frames) if frame.at_site)
    own = ("zeroos_", "sys_", "host_")
    others = (index for index, frame in enumerate(frames) if not frame.function.startswith(own))
    return next(sites, next(others, 0))


def _stack(
    tid: int, own: int, inner: list[Frame], left_out: int, outer: list[Frame], sources: Sources
) -> Stack:
    def level(frame: Frame) -> Level:
        return Level(frame.pc, sources.at(frame.lookup, frame.function), frame.how)

    return Stack(tid, own, tuple(map(level, inner)), left_out, tuple(map(level, outer)))


def _stack_json(stack: Stack) -> dict[str, Any]:
    frames = [
        {"pc": level.pc, "found": level.how,
         "places": [
             {"function": p.function, "file": p.file, "line": p.line, "inlined": p.inlined}
             for p in level.places
         ]}
        for level in (*stack.inner, *stack.outer)
    ]  # fmt: skip
    return {
        "thread": stack.tid,
        "own_frame": stack.own,
        "frames": frames,
        "frames_left_out": stack.left_out,
    }
