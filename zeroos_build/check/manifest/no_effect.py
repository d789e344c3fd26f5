# SPDX-License-Identifier: MIT OR Apache-2.0
"""Keys that nothing reads because of another key."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS151"


def check(subject: Subject) -> Iterator[Finding]:
    abi = subject.resolved.abi
    cases = [
        (("abi", "random", "seed"), abi.random.source == "seed", "abi.random.source"),
        (("abi", "time", "epoch"), abi.time.source in ("virtual", "fixed"), "abi.time.source"),
        (("abi", "input", "allow"), abi.input.mode == "bundle", "abi.input.mode"),
    ]
    values = subject.resolved.values()
    for key, is_read, cause in cases:
        if subject.is_set(*key) and not is_read:
            yield Finding(
                key,
                f'`{".".join(key)}` has no effect: `{cause}` is "{values[cause]}"',
                f"remove it, or set `{cause}`",
            )
