# SPDX-License-Identifier: MIT OR Apache-2.0
"""Subsystems that the manifest allows and the program does not use."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding

CODE = "ZOS460"


def check(subject: Built) -> Iterator[Finding]:
    listed = subject.resolved.abi.subsystems
    if listed == "auto":
        return
    used = {call.subsystem for call in subject.found.reachable}
    for index, name in enumerate(listed):
        if name not in used:
            yield Finding(
                ("abi", "subsystems", index),
                f"the program reaches no system call of the subsystem `{name}`",
                "remove it from the list, so that a change that reaches one is noticed",
            )
