# SPDX-License-Identifier: MIT OR Apache-2.0
"""Programs that are compiled without optimization."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS170"


def check(subject: Subject) -> Iterator[Finding]:
    if subject.resolved.build.optimize == "0":
        yield Finding(
            ("build", "optimize"),
            'with `optimize = "0"` the program executes several times as many instructions',
            'write "2", or "s" for a small image',
        )
