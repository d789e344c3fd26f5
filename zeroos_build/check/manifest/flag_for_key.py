# SPDX-License-Identifier: MIT OR Apache-2.0
"""Compiler flags that say what a key of the manifest says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS168"

_KEYS = (
    (r"-D(\w+)", "image.defines"),
    (r"-I(?!/)(.+)", "image.include"),
    (r"-O([0-3sz]?)", "build.optimize"),
)


def check(subject: Subject) -> Iterator[Finding]:
    for path, flag in subject.flags("cflags", "cxxflags"):
        for pattern, key in _KEYS:
            if re.fullmatch(pattern, flag.partition("=")[0]):
                message = f"`{flag}` says what `{key}` is for, and `check --resolved` cannot see it"
                yield Finding(path, message, f"move it to `{key}`")
