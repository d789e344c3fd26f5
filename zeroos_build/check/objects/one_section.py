# SPDX-License-Identifier: MIT OR Apache-2.0
"""Objects whose functions can only be linked all together."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.given import GivenObjects
from zeroos_build.check.subject import Finding
from zeroos_build.elf import constants as c

CODE = "ZOS456"

# Below that there is little to win.
_BYTES, _FUNCTIONS = 16 << 10, 8


def check(subject: GivenObjects) -> Iterator[Finding]:
    for given in subject.objects:
        for section in given.obj.sections:
            if not section.executable or len(section.data) < _BYTES:
                continue
            inside = [s for _, s in given.obj.symbols_in(section.index) if s.type == c.STT_FUNC]
            if len(inside) >= _FUNCTIONS:
                yield Finding(
                    given.key,
                    f"`{given.name}`: {len(inside)} functions share the section `{section.name}` "
                    f"of {len(section.data)} bytes, and are linked if one of them is",
                    "compile it with -ffunction-sections",
                    place=given.place,
                )
                break
