# SPDX-License-Identifier: MIT OR Apache-2.0
"""Targets whose program sees another Linux than the others."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS163"

_TABLES = ("subsystems", "random", "time", "vfs", "input", "policy")


def check(subject: Subject) -> Iterator[Finding]:
    for override in subject.overrides:
        path = override.path
        if path[0] == "abi" and path[1] in _TABLES and override.own != override.common:
            yield Finding(
                path,
                f"`{'.'.join(path)}` makes the program behave differently on "
                f"{subject.resolved.target.name}",
                "set it for all targets",
                ("what was tested on another target says nothing about this one",),
            )
