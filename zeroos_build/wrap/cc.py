# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-cc` and `zeroos-c++`: command lines of gcc and clang, images from their links.

What compiles only becomes the compiler itself, after looking up which one and with which flags.
"""

from __future__ import annotations

import os
import sys

from zeroos_build.wrap.command import Command, parse
from zeroos_build.wrap.memory import RECORD, Choice, recall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


def main_c() -> int:
    """The console script `zeroos-cc`."""
    return run(sys.argv[1:], "c")


def main_cxx() -> int:
    """The console script `zeroos-c++`."""
    return run(sys.argv[1:], "c++")


def run(words: Sequence[str], language: str) -> int:
    """One command line to its exit code; does not come back where a compiler takes over."""
    from zeroos_build.wrap.finish import guarded

    return guarded(lambda: _run(words, language))


def _run(words: Sequence[str], language: str) -> int:
    recorded = os.environ.get(RECORD) is not None
    if recorded:
        words = [word for word in words if word not in _CRATE_CC]
    command = parse(words)
    if recorded and command.links:
        return _record(command)
    choice = Choice(command)
    known = recall(choice, "compiler")
    if known is None:
        from zeroos_build.wrap.prepare import learn_compiler

        known = learn_compiler(choice)
    _check(command, known)
    compiler: list[str] = known[language]
    if command.links:
        from zeroos_build.wrap.program import make_program

        return make_program(command, choice, known, compiler, cxx=language == "c++")
    if command.asks_linker and not command.sources:
        return become([*known["ld"], *[w for w in command.words if w in _LINKER_QUESTIONS]])
    if command.prints and not command.sources:
        from zeroos_build.wrap.answers import answer

        text = answer(command.prints[0], known)
        if text is not None:
            print(text)
            return 0
    return become([*compiler, *command.words])


# What the crate `cc` takes every Linux machine of Rust for (cc 1.2: src/lib.rs).
_CRATE_CC = frozenset(["-march=rv64gc", "-mabi=lp64d", "-march=rv32gc", "-mabi=ilp32d"])


def _record(command: Command) -> int:
    """cargo's links are written down, and done by `zeroos-build cargo` afterwards."""
    from pathlib import Path

    from zeroos_build.cargo.record import write_record
    from zeroos_build.wrap.refusals import unlinkable

    unlinkable(command)
    write_record(command, Path(command.output or "a.out").absolute())
    return 0


_LINKER_QUESTIONS = frozenset(["-v", "-V", "--version", "-version"])


def _check(command: Command, known: dict[str, Any]) -> None:
    """Raises ZOS131 and ZOS132 for what no image, or none of this target, can be made with."""
    if not command.refused and not command.machine:
        return
    from zeroos_build.wrap.refusals import refusals

    refusals(command, known)


def become(words: list[str]) -> int:
    """Replace this process by a program; the exit code will be its."""
    sys.stdout.flush()
    try:
        os.execvp(words[0], words)  # noqa: S606
    except OSError as problem:
        from zeroos_build.diagnostics import error

        raise error(
            "ZOS201",
            f"cannot run `{words[0]}`: {(problem.strerror or 'not found').lower()}",
            help="`zeroos-build doctor` lists what is needed and how to get it",
        ) from problem
