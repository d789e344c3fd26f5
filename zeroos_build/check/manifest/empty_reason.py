# SPDX-License-Identifier: MIT OR Apache-2.0
"""Reasons of policies that give none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS160"

_FILLER = r"(?i)\W*(?:todo|fixme|tbd|xxx|wip|n/?a|none|reason|because|test)\b"


def check(subject: Subject) -> Iterator[Finding]:
    for name, policy in subject.resolved.abi.policy.items():
        words = re.findall(r"\w{2,}", policy.reason)
        if len(words) < 2 or (re.match(_FILLER, policy.reason) and len(words) < 4):
            yield Finding(
                ("abi", "policy", name),
                f"the policy of `{name}` has no reason that a reviewer could judge",
                "say in a sentence why the program is right with that answer",
            )
