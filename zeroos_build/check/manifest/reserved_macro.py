# SPDX-License-Identifier: MIT OR Apache-2.0
"""Macros whose names belong to the compiler or the C library."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS167"

_RESERVED = r"__\w*|_[A-Z]\w*|linux|unix|NULL|EOF|errno|environ"
# What C libraries ask programs to define.
_FEATURES = (
    r"_(?:GNU|BSD|DEFAULT|ALL|SVID|ISOC99|ISOC11|ISOC2X|ISOC23|POSIX|POSIX_C|XOPEN)_SOURCE"
    r"|_(?:GNU|BSD|DEFAULT|ALL|ISOC99|ISOC11)_SOURCE|_POSIX_C_SOURCE|_XOPEN_SOURCE(?:_EXTENDED)?"
    r"|_FILE_OFFSET_BITS|_TIME_BITS|_LARGEFILE(?:64)?_SOURCE|_REENTRANT|_FORTIFY_SOURCE"
    r"|_THREAD_SAFE|__STDC_(?:FORMAT|CONSTANT|LIMIT)_MACROS|__STDC_WANT_\w+"
)


def check(subject: Subject) -> Iterator[Finding]:
    for name in subject.resolved.image.defines:
        if re.fullmatch(_RESERVED, name) and not re.fullmatch(_FEATURES, name):
            yield Finding(
                ("image", "defines", name),
                f"`{name}` belongs to the compiler or the C library",
                "choose a name of your own",
            )
