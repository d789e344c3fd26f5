# SPDX-License-Identifier: MIT OR Apache-2.0
"""Images with more code than their budget."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.budgets import code_bytes, over
from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding
from zeroos_build.elf import constants as c

CODE = "ZOS521"


def check(subject: Built) -> Iterator[Finding]:
    allowed = subject.resolved.budget.text
    used = sum(s.file_size for s in subject.image.loads if s.flags & c.PF_X)
    if allowed is not None and used > allowed:
        help = "`zeroos-build size --by function` shows where it comes from"
        yield over("text", "the code takes", used, allowed, code_bytes(subject), help)
