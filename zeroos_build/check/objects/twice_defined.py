# SPDX-License-Identifier: MIT OR Apache-2.0
"""Global symbols that two objects define."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.given import GivenObjects
from zeroos_build.check.subject import Finding
from zeroos_build.elf import constants as c

CODE = "ZOS454"


def check(subject: GivenObjects) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for given in subject.objects:
        # The linker takes of an archive what is missing, and nothing twice.
        if given.name.endswith(")"):
            continue
        for symbol in given.obj.symbols:
            if symbol.bind != c.STB_GLOBAL or not symbol.defined:
                continue
            other = seen.setdefault(symbol.name, given.name)
            if other != given.name:
                yield Finding(
                    given.key,
                    f"`{given.name}` defines `{symbol.name}`, and so does `{other}`",
                    "leave one of them out, or make one of the definitions static",
                    place=given.place,
                )
                break
