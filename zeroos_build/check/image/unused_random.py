# SPDX-License-Identifier: MIT OR Apache-2.0
"""Random bytes that the manifest grants and nobody asks for."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding

CODE = "ZOS463"

# /dev/urandom is opened by its name, which only a run can tell.
_WAYS = frozenset({"getrandom", "openat"})


def check(subject: Built) -> Iterator[Finding]:
    source = subject.resolved.abi.random.source
    if source != "deny" and not subject.reachable & _WAYS:
        yield Finding(
            ("abi", "random", "source"),
            f'`source = "{source}"` grants random bytes, and the program asks for none',
            'write "deny", so that a change that asks for some is noticed',
        )
