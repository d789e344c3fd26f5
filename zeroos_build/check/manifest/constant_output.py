# SPDX-License-Identifier: MIT OR Apache-2.0
"""Constant answers of calls that have more to give than their answer."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.specs import spec_of
from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS161"


def check(subject: Subject) -> Iterator[Finding]:
    for name, policy in subject.resolved.abi.policy.items():
        if policy.action != "constant" or policy.value is None or policy.value < 0:
            continue
        spec = spec_of(name)
        written = [a.name for a in spec.args if (a.out, a.inout) != (None, None)] if spec else []
        if written:
            yield Finding(
                ("abi", "policy", name),
                f"`{name}` answers {policy.value} and leaves `{written[0]}` unwritten",
                'answer "enosys", or a negative error number, or let its handler do it',
                ("a program that believes the answer reads whatever its memory held before",),
            )
