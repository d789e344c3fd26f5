# SPDX-License-Identifier: MIT OR Apache-2.0
"""A default target that `build --all` leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS174"


def check(subject: Subject) -> Iterator[Finding]:
    build = subject.project.manifest.build
    named = build.model_fields_set
    if {"target", "targets"} <= named and build.targets and build.target not in build.targets:
        yield Finding(
            ("build", "target"),
            f"`{build.target}` is what `build` makes, and `build --all` leaves it out",
            "add it to `build.targets`",
        )
