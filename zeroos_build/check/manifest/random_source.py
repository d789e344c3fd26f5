# SPDX-License-Identifier: MIT OR Apache-2.0
"""Random bytes that the prover chooses or that everyone knows."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS150"


def check(subject: Subject) -> Iterator[Finding]:
    source = subject.resolved.abi.random.source
    who = {
        "input": "the prover chooses every random byte",
        "seed": "everyone who has the image knows every random byte",
    }
    if source in who:
        yield Finding(
            ("abi", "random", "source"),
            f'with `source = "{source}"` {who[source]}',
            'keep `source = "deny"` unless no secret and no challenge comes from random bytes',
        )
