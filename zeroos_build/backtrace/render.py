# SPDX-License-Identifier: MIT OR Apache-2.0
"""Backtraces as text, in the manner of gdb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from zeroos_build.backtrace.capture import Backtrace, Level, Stack

_PER_LINE = 4
# So many equal frames in a row are shown as one.
_RECURSION = 4


def format_backtrace(trace: Backtrace, *, everything: bool = False) -> str:
    """Stacks, then registers; ends in a newline. `?` marks a frame that is a guess.

    The libOS's innermost frames are shown with `everything`.
    """
    lines: list[str] = []
    for index, stack in enumerate(trace.stacks):
        title = "backtrace" if index == 0 else "and"
        lines.append(f"{title} of thread {stack.tid}, innermost frame first:")
        lines += _stack(stack, trace.xlen, 0 if everything else stack.own)
    if trace.more:
        lines.append(f"and {trace.more} more threads")
    lines += _registers(trace)
    return "\n".join(lines) + "\n"


def _stack(stack: Stack, xlen: int, hidden: int) -> Iterator[str]:
    if hidden:
        yield f"       {hidden} frames of the libOS (-v shows them)"
    inner = stack.inner[hidden:]
    yield from _levels(inner, 0, xlen)
    number = len(inner) + stack.left_out
    if stack.left_out:
        yield f"       {stack.left_out} frames more"
    yield from _levels(stack.outer, number, xlen)
    if any(level.how == "scan" for level in (*stack.inner, *stack.outer)):
        yield "       ? is a guess: the return address was lost, and this one fits"


def _levels(levels: Sequence[Level], number: int, xlen: int) -> Iterator[str]:
    """Frames with their numbers; of many equal ones the first."""
    for _, equal in groupby(levels, key=lambda level: level.pc):
        run = list(equal)
        few = len(run) < _RECURSION
        for offset, level in enumerate(run if few else run[:1]):
            yield from _level(level, number + offset, xlen)
        if not few:
            yield f"       and {len(run) - 1} frames like it"
        number += len(run)


def _level(level: Level, number: int, xlen: int) -> Iterator[str]:
    sure = "? " if level.how == "scan" else ""
    for index, place in enumerate(level.places):
        # Inlined functions share the frame of the function that they are inlined into.
        head = f"#{number:<3}" if index == 0 else "    "
        where = f" at {place.file}:{place.line}" if place.line else ""
        inlined = " (inlined)" if place.inlined else ""
        name = place.function or "no function"
        yield f"  {head} {level.pc:#0{xlen // 4 + 2}x} {sure}{name}{inlined}{where}"


def _registers(trace: Backtrace) -> Iterator[str]:
    width = trace.xlen // 4
    yield "registers in the program's innermost frame:"
    names = list(trace.registers)
    for start in range(0, len(names), _PER_LINE):
        row = names[start : start + _PER_LINE]
        yield "  " + "  ".join(f"{name:>3} {trace.registers[name]:0{width}x}" for name in row)
