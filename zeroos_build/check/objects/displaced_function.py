# SPDX-License-Identifier: MIT OR Apache-2.0
"""Objects that bring functions which every image has already."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.given import GivenObjects
from zeroos_build.check.subject import Finding
from zeroos_build.elf import constants as c

CODE = "ZOS455"

# What libos/string/ has instead of the C library's, and the allocator's entries.
_OWN = frozenset({"memcpy", "memmove", "memset", "memcmp", "malloc", "free", "calloc", "realloc"})


def check(subject: GivenObjects) -> Iterator[Finding]:
    for given in subject.objects:
        names = {s.name for s in given.obj.symbols if s.bind == c.STB_GLOBAL and s.defined}
        if own := sorted(names & _OWN):
            words = ", ".join(f"`{name}`" for name in own)
            yield Finding(
                given.key,
                f"`{given.name}` defines {words}, which displaces the tuned one of the image",
                "leave it out, unless the difference is meant",
                place=given.place,
            )
