# SPDX-License-Identifier: MIT OR Apache-2.0
"""Keys under `[target.T]` that say what holds anyway."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS152"


def check(subject: Subject) -> Iterator[Finding]:
    for override in subject.overrides:
        if override.own == override.common:
            name = ".".join(override.path)
            yield Finding(override.path, f"`{name}` is set to what holds anyway", "remove it")
