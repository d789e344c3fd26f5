# SPDX-License-Identifier: MIT OR Apache-2.0
"""ISA names as compilers take them: `rv64imac_zicsr`."""

from __future__ import annotations


def register_width(march: str) -> int:
    """In bits: 32 or 64."""
    return int(march[2:4])


def extension_names(march: str) -> tuple[str, ...]:
    """Single letters, then z-names, each part sorted: ("a", "c", "i", "m", "zicsr")."""
    base, *named = march.split("_")
    return (*sorted(base[4:]), *sorted(named))
