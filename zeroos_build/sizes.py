# SPDX-License-Identifier: MIT OR Apache-2.0
"""Sizes as people write them: an integer and B, KiB, MiB or GiB, nothing else."""

from __future__ import annotations

import re

_UNITS = {"B": 0, "KiB": 10, "MiB": 20, "GiB": 30}
_SIZE = re.compile(r"([0-9]{1,19})\s?(B|KiB|MiB|GiB)")


def parse_size(text: str) -> int:
    """Bytes; ValueError with the reason for anything that could be read in two ways."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"`{text}` is not a size: write an integer and B, KiB, MiB or GiB")
    value = int(match[1]) << _UNITS[match[2]]
    if value >= 2**63:
        raise ValueError(f"`{text}` is larger than any address space")
    return value


def format_size(value: int) -> str:
    """The largest unit that divides the size exactly: 1048576 -> 1MiB."""
    for unit, shift in reversed(_UNITS.items()):
        if value and value % (1 << shift) == 0:
            return f"{value >> shift}{unit}"
    return f"{value}B"
