# SPDX-License-Identifier: MIT OR Apache-2.0
"""Sources that take in the date of the build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject
from zeroos_build.diagnostics import Location

CODE = "ZOS169"

_MACRO = re.compile(rb"\b__(?:DATE|TIME|TIMESTAMP)__\b")
# Comments and strings, where the name of a macro is no use of it.
_SKIPPED = re.compile(rb'//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"', re.DOTALL)
_LIMIT = 8 << 20


def check(subject: Subject) -> Iterator[Finding]:
    for source in subject.resolved.image.sources:
        path = subject.project.directory / source
        try:
            with path.open("rb") as file:
                text = file.read(_LIMIT)
        except OSError:
            continue
        if not _MACRO.search(text):
            continue
        plain = _SKIPPED.sub(lambda match: re.sub(rb"[^\n]", b" ", match[0]), text)
        for match in _MACRO.finditer(plain):
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
