# SPDX-License-Identifier: MIT OR Apache-2.0
"""Which tool made something: digests of our own code, so that no stale result is ever used."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from zeroos_build.paths import data_root

_PACKAGE = Path(__file__).parent


@cache
def code_digest(*parts: str) -> str:
    """A digest of modules and subpackages of this package; without parts, of all of it.

    Content counts and not time or place, so equal installations make equal images.
    """
    roots = [_PACKAGE / part for part in parts] or [_PACKAGE, data_root() / "templates"]
    total = hashlib.sha256()
    for root in roots:
        found = sorted(p for p in root.rglob("*") if p.suffix in (".py", ".toml", ".j2", ".c"))
        for path in [root] if root.is_file() else found:
            if "data" in path.relative_to(root.parent).parts:
                continue
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]
