# SPDX-License-Identifier: MIT OR Apache-2.0
"""Stacks that leave little of the RAM."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject
from zeroos_build.manifest.checks import region_of
from zeroos_build.sizes import format_size

CODE = "ZOS175"


def check(subject: Subject) -> Iterator[Finding]:
    target, memory = subject.resolved.target, subject.resolved.abi.memory
    region = region_of(target, "stack")
    room = region.end - region.start
    if region is region_of(target, "heap") and memory.heap == "auto" and room < memory.stack * 2:
        yield Finding(
            ("abi", "memory", "stack"),
            f"the stack takes more than half of the {format_size(room)} that stack, heap and "
            f"static data share on {target.name}",
            "choose a smaller stack, or say how large the heap has to be",
        )
