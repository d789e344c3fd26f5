# SPDX-License-Identifier: MIT OR Apache-2.0
"""Calls whose number is known at run time only."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding

CODE = "ZOS462"


def check(subject: Built) -> Iterator[Finding]:
    for site in subject.found.open_sites:
        place = subject.source_place(lambda number, _: number < 0)
        yield Finding(
            ("abi", "subsystems"),
            f"`{site.function}` in `{site.object}` makes a system call whose number is known at "
            "run time only",
            "call the C library's function for it, or list `[abi] subsystems`",
            ("every system call of the enabled subsystems is in the image",),
            place,
        )
