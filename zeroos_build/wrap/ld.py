# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-ld`: the linker's command line, for build systems that call it themselves."""

from __future__ import annotations

import sys

from zeroos_build.wrap.cc import become
from zeroos_build.wrap.command import parse_ld
from zeroos_build.wrap.memory import Choice, recall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Says what it links and no more: libtool takes the list of formats in GNU ld's own text for a
# promise of shared libraries.
_HELP = """usage: zeroos-ld [-o FILE] [-r] [-L DIR] [-l LIB] [-z KEY=VALUE]
                 [--zeroos-target T] FILE...

Links objects and archives into an image with the sysroot's libc, as `zeroos-cc` does; with -r,
into one object. Takes the options of GNU ld that have a meaning for a static program.
"""


def main() -> int:
    """The console script."""
    from zeroos_build.wrap.finish import guarded

    return guarded(lambda: _run(sys.argv[1:]))


def _run(words: Sequence[str]) -> int:
    if "--help" in words:
        print(_HELP, end="")
        return 0
    words, target = _target(list(words))
    command = parse_ld(words)
    command.target = target
    choice = Choice(command)
    known = recall(choice, "compiler")
    if known is None:
        from zeroos_build.wrap.prepare import learn_compiler

        known = learn_compiler(choice)
    if command.asks_linker and not command.items:
        return become([*known["ld"], *command.words])
    from zeroos_build.wrap.program import make_program
    from zeroos_build.wrap.refusals import refusals

    refusals(command, known)
    return make_program(command, choice, known, [], cxx=False)


def _target(words: list[str]) -> tuple[list[str], str | None]:
    """`--zeroos-target T` is no linker's option: taken out before the others are read."""
    target = None
    rest: list[str] = []
    take = iter(words)
    for word in take:
        if word == "--zeroos-target":
            target = next(take, None)
        elif word.startswith("--zeroos-target="):
            target = word.partition("=")[2]
        else:
            rest.append(word)
    return rest, target
