# SPDX-License-Identifier: MIT OR Apache-2.0
"""Calls that must not come back, and would."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.specs import spec_of
from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS162"


def check(subject: Subject) -> Iterator[Finding]:
    for name, policy in subject.resolved.abi.policy.items():
        if policy.action not in ("enosys", "constant"):
            continue
        spec = spec_of(name)
        if spec is not None and spec.abi == "noreturn":
            yield Finding(
                ("abi", "policy", name),
                f"`{name}` would come back, and the C library calls it again for ever",
                'remove the entry, or end the run as a failure with `action = "halt"`',
            )
