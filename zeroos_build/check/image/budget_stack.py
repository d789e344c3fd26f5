# SPDX-License-Identifier: MIT OR Apache-2.0
"""Programs whose deepest chain of calls takes more stack than their budget."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.budgets import over
from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding

CODE = "ZOS522"


def check(subject: Built) -> Iterator[Finding]:
    allowed = subject.resolved.budget.stack
    if allowed is None:
        return
    from zeroos_build.check.stack import deepest

    depth = deepest(subject.graph)
    if depth.total > allowed:
        rows = [(size, f"`{name}`" if " " not in name else name) for name, size in depth.frames]
        yield over(
            "stack",
            "the deepest chain of calls takes",
            depth.total,
            allowed,
            rows,
            "make large local arrays static or smaller; `-Wframe-larger-than=N` names them",
        )
