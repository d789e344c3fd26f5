# SPDX-License-Identifier: MIT OR Apache-2.0
"""Policies that ask for the handler that a syscall gets anyway."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS154"

# An entry for these acknowledges that the program asks for randomness or the time.
_ACKNOWLEDGED = frozenset({"getrandom", "clock_gettime", "clock_gettime64", "gettimeofday"})


def check(subject: Subject) -> Iterator[Finding]:
    for name, policy in subject.resolved.abi.policy.items():
        if policy.action == "provide" and name not in _ACKNOWLEDGED:
            yield Finding(
                ("abi", "policy", name),
                f'`action = "provide"` is what `{name}` gets anyway',
                "remove the entry",
            )
