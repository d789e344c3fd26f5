# SPDX-License-Identifier: MIT OR Apache-2.0
"""Images that load more bytes than their budget."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.budgets import loaded_bytes, over
from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding

CODE = "ZOS520"


def check(subject: Built) -> Iterator[Finding]:
    allowed = subject.resolved.budget.loaded
    used = sum(segment.file_size for segment in subject.image.loads)
    if allowed is not None and used > allowed:
        help = "`zeroos-build size` shows where they come from, `zeroos-build why OBJECT` why"
        yield over("loaded", "the image loads", used, allowed, loaded_bytes(subject), help)
