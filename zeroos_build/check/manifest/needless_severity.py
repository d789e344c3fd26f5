# SPDX-License-Identifier: MIT OR Apache-2.0
"""Severities that rules have anyway."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject
from zeroos_build.diagnostics import entry

CODE = "ZOS172"


def check(subject: Subject) -> Iterator[Finding]:
    for path, setting in subject.layers[1].items():
        if path[0] == "lint" and setting.value == entry(path[1]).default:
            message = f"`{path[1]}` is {setting.value} by default"
            yield Finding(path, message, "remove the line")
