# SPDX-License-Identifier: MIT OR Apache-2.0
"""Policies of calls that the program does not make."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding

CODE = "ZOS461"


def check(subject: Built) -> Iterator[Finding]:
    facts, reached = subject.facts, subject.found.numbers
    for name in subject.resolved.abi.policy:
        numbers = {number for number, known in facts.linux.items() if known == name}
        # Names of the other register width have no number here; another target may have one.
        if numbers and not numbers & reached:
            yield Finding(
                ("abi", "policy", name),
                f"the program does not reach `{name}`, so its policy changes nothing",
                "remove the entry",
            )
