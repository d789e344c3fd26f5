# SPDX-License-Identifier: MIT OR Apache-2.0
"""Progress of long work: live on a terminal, one line per step elsewhere, nothing with `-q`.

with progress(7, "build hello for sp1") as p:
    p.step("lower", "main.o")
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from zeroos_build.cli import settings

# Work that is done sooner is not worth the 0.07 s that rich takes to import.
_LIVE_AFTER_S = 0.4
# Where there is no terminal, a count of a thousand files makes this many lines.
_MOST_LINES = 60


class Progress(Protocol):
    """What a build step reports to."""

    def step(self, verb: str, what: str) -> None:
        """A step begins: `step("lower", "main.o")`. May be called from any thread."""

    def at(self, done: int, total: int, words: str) -> None:
        """For work that another program counts: its own numbers and words."""

    def phase(self, title: str) -> None:
        """What the next steps belong to."""

    def say(self, line: str) -> None:
        """Print a whole line without tearing the display."""


_active: Progress | None = None


def say(line: str) -> None:
    """Print a line on stderr, above the live display if there is one."""
    if _active is not None:
        _active.say(line)
    else:
        print(line, file=sys.stderr, flush=True)


@contextmanager
def progress(total: int, title: str) -> Iterator[Progress]:
    """Show the progress of `total` steps; the last one ends with the block."""
    global _active
    shown: _Silent | _Lines | _Live
    if settings.current.quiet or settings.current.json:
        shown = _Silent()
    elif _is_terminal():
        shown = _Live(total, title)
    else:
        shown = _Lines(total)
    outer, _active = _active, shown
    try:
        yield shown
    finally:
        _active = outer
        shown.close()


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


class _Silent:
    def step(self, verb: str, what: str) -> None:
        pass

    def at(self, done: int, total: int, words: str) -> None:
        pass

    def phase(self, title: str) -> None:
        pass

    def say(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    def close(self) -> None:
        pass


class _Lines:
    """`[3/7] lower main.o`; of very many steps only some."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._title = ""
        self._lock = threading.Lock()

    def step(self, verb: str, what: str) -> None:
        with self._lock:
            self._done += 1
            self._total = max(self._total, self._done)
            self._print(f"[{self._done}/{self._total}] {verb} {what}")

    def at(self, done: int, total: int, words: str) -> None:
        every = 1 if settings.current.verbose else -(-total // _MOST_LINES)
        with self._lock:
            if done % every == 0 or done == total:
                self._print(f"[{done}/{total}] {words}")

    def phase(self, title: str) -> None:
        with self._lock:
            self._title = title

    def say(self, line: str) -> None:
        with self._lock:
            self._print(line)

    def close(self) -> None:
        pass

    def _print(self, line: str) -> None:
        # A phase without a step was up to date: not worth a line.
        if self._title:
            line, self._title = f"{self._title}\n{line}", ""
        print(line, file=sys.stderr, flush=True)


class _Live:
    """A bar with the current step; it appears once the work takes a noticeable time."""

    def __init__(self, total: int, title: str) -> None:
        self._total = total
        self._title = title
        self._done = 0
        self._label = ""
        self._lock = threading.Lock()
        self._bar: Any = None
        self._task: Any = None
        self._closed = False
        self._timer = threading.Timer(_LIVE_AFTER_S, self._appear)
        self._timer.daemon = True
        self._timer.start()

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        mode = settings.current.color
        plain = mode == "never" or (mode == "auto" and bool(os.environ.get("NO_COLOR")))
        console = Console(stderr=True, no_color=plain, highlight=False)
        columns = (
            TextColumn("{task.fields[title]}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
        )
        bar = Bar(*columns, console=console, transient=True)
        with self._lock:
            if self._closed:
                return
            self._task = bar.add_task(
                self._label, total=self._total, completed=max(self._done - 1, 0), title=self._title
            )
            self._bar = bar
            bar.start()

    def step(self, verb: str, what: str) -> None:
        with self._lock:
            self._done += 1
            self._total = max(self._total, self._done)
            self._label = f"{verb} {what}"
            if self._bar is not None:
                self._bar.update(
                    self._task,
                    description=self._label,
                    completed=self._done - 1,
                    total=self._total,
                )

    def at(self, done: int, total: int, words: str) -> None:
        with self._lock:
            self._done, self._total, self._label = done, total, words
            if self._bar is not None:
                self._bar.update(self._task, description=words, completed=done, total=total)

    def phase(self, title: str) -> None:
        with self._lock:
            self._title = title
            if self._bar is not None:
                self._bar.update(self._task, title=title, description="", completed=0)

    def say(self, line: str) -> None:
        with self._lock:
            if self._bar is not None:
                self._bar.console.print(line, markup=False, soft_wrap=True)
            else:
                print(line, file=sys.stderr, flush=True)

    def close(self) -> None:
        self._timer.cancel()
        with self._lock:
            self._closed = True
            if self._bar is not None:
                self._bar.stop()
