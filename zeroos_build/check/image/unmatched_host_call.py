# SPDX-License-Identifier: MIT OR Apache-2.0
"""Entries of host_calls that fit no function."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding
from zeroos_build.elf.sites import SiteKind, source_name

CODE = "ZOS466"


def check(subject: Built) -> Iterator[Finding]:
    sites = [site for site in subject.image.sites if site.kind is SiteKind.HOST_CALL]
    names = {source_name(site.function) for site in sites}
    for index, entry in enumerate(subject.resolved.abi.host_calls):
        function = entry.partition(":")[2]
        if function not in names:
            yield Finding(
                ("abi", "host_calls", index),
                f"`{entry}`: no `ecall` of a function with that name is in the image",
                "correct the name, or remove the entry",
            )
