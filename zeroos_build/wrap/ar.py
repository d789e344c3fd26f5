# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-ar`: the toolchain's archiver, which always makes regular archives.

A thin archive holds names of objects; they could change between lowering and linking.
"""

from __future__ import annotations

import sys

from zeroos_build.wrap.cc import become
from zeroos_build.wrap.command import Command
from zeroos_build.wrap.memory import Choice, recall


def main() -> int:
    """The console script."""
    from zeroos_build.wrap.finish import guarded

    return guarded(lambda: _run(sys.argv[1:]))


def _run(words: list[str]) -> int:
    choice = Choice(Command())
    known = recall(choice, "compiler")
    if known is None:
        from zeroos_build.wrap.prepare import learn_compiler

        known = learn_compiler(choice)
    return become([*known["ar"], *regular(words)])


def regular(words: list[str]) -> list[str]:
    """The archiver's words without what asks for a thin archive."""
    kept = [word for word in words if word != "--thin"]
    for number, word in enumerate(kept):
        if word.startswith("--"):
            continue
        # The first word that is no long option holds the operation and its modifiers.
        if not word.startswith("@"):
            kept[number] = word.replace("T", "")
        break
    return kept
