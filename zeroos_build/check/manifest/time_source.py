# SPDX-License-Identifier: MIT OR Apache-2.0
"""A clock that the prover sets."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS155"


def check(subject: Subject) -> Iterator[Finding]:
    if subject.resolved.abi.time.source == "input":
        yield Finding(
            ("abi", "time", "source"),
            'with `source = "input"` the prover chooses what time it is',
            'keep `source = "virtual"`, or check each time against data that the verifier has',
        )
