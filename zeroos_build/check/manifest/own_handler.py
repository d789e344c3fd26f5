# SPDX-License-Identifier: MIT OR Apache-2.0
"""Handlers of the project that replace those of the libOS."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS179"


def check(subject: Subject) -> Iterator[Finding]:
    handlers = subject.resolved.abi.handlers
    if not handlers:
        return
    # Imported where it is needed: the specs take longer to read than most manifests.
    from zeroos_build.spec import load_specs

    ours = load_specs().by_name
    for name, path in handlers.items():
        if name in ours:
            yield Finding(
                ("abi", "handlers", name),
                f"`{path}` replaces the libOS's handler of `{name}`",
                f'`[lint] {CODE} = "off"` when that is meant',
            )
