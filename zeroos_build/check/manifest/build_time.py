# SPDX-License-Identifier: MIT OR Apache-2.0
"""Sources that take in the date of the build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject
from zeroos_build.diagnostics import Location

CODE = "ZOS169"

_NAMES = (b"__DATE__", b"__TIME__", b"__TIMESTAMP__")
_MACRO = rb"\b__(?:DATE|TIME|TIMESTAMP)__\b"
# Comments and strings, where the name of a macro is no use of it.
_SKIPPED = rb'(?s)//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"'
_LIMIT = 8 << 20


def check(subject: Subject) -> Iterator[Finding]:
    for source in subject.resolved.image.sources:
        path = subject.project.directory / source
        try:
            with path.open("rb") as file:
                text = file.read(_LIMIT)
        except OSError:
            continue
        if not any(name in text for name in _NAMES):
            continue
        plain = re.sub(_SKIPPED, lambda match: re.sub(rb"[^\n]", b" ", match[0]), text)
        for match in re.finditer(_MACRO, plain):
            name = match[0].decode()
            yield Finding(
                ("image", "sources"),
                f"`{name}` makes each build another image",
                "take the date out, or set it with `image.defines`",
                place=_place(subject.shown(source), text, match.start(), len(name)),
            )


def _place(file: str, text: bytes, start: int, width: int) -> Location:
    first = text.rfind(b"\n", 0, start) + 1
    last = text.find(b"\n", start)
    line = text[first : last if last >= 0 else len(text)].decode("utf-8", "replace")
    column = len(text[first:start].decode("utf-8", "replace"))
    return Location(file, text.count(b"\n", 0, start) + 1, column + 1, line, width)
