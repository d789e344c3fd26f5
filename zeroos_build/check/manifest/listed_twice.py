# SPDX-License-Identifier: MIT OR Apache-2.0
"""Lists that name something twice."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS159"

_LISTS = (
    ("image", "sources"),
    ("image", "objects"),
    ("image", "include"),
    ("build", "targets"),
    ("abi", "subsystems"),
    ("abi", "host_calls"),
    ("abi", "input", "allow"),
)


def check(subject: Subject) -> Iterator[Finding]:
    for key in _LISTS:
        setting = subject.settings.get(key)
        if setting is None or not isinstance(setting.value, list | tuple):
            continue
        seen: set[str] = set()
        for index, value in enumerate(map(str, setting.value)):
            name = value.removeprefix("./")
            if name in seen:
                message = f"`{'.'.join(key)}` names `{value}` twice"
                yield Finding((*key, index), message, "remove one of the two")
            seen.add(name)
