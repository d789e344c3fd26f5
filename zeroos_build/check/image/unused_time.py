# SPDX-License-Identifier: MIT OR Apache-2.0
"""Settings of a clock that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding

CODE = "ZOS464"

_SUBSYSTEM = "time"
# Files get their times from the clock.
_OTHERS = frozenset({"openat", "utimensat", "futex", "futex_time64", "ppoll", "ppoll_time64"})


def check(subject: Built) -> Iterator[Finding]:
    reads = any(
        call.subsystem == _SUBSYSTEM or call.name in _OTHERS for call in subject.found.reachable
    )
    time = subject.resolved.abi.time
    if not reads and time.source in ("fixed", "input"):
        yield Finding(
            ("abi", "time", "source"),
            f'`source = "{time.source}"` sets a clock that the program never reads',
            "remove it",
        )
