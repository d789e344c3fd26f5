# SPDX-License-Identifier: MIT OR Apache-2.0
"""One string that holds several flags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS176"

_SEVERAL = r"-\S+\s+-\S.*"
_SPLIT = r"\s+(?=-)"


def check(subject: Subject) -> Iterator[Finding]:
    for path, flag in subject.flags():
        if re.fullmatch(_SEVERAL, flag):
            parts = ", ".join(f'"{part}"' for part in re.split(_SPLIT, flag))
            message = f"`{flag}` is one string, and no shell takes it apart"
            yield Finding(path, message, f"write {parts}")
