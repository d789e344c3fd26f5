# SPDX-License-Identifier: MIT OR Apache-2.0
"""Symbols as their authors wrote them: C++ and Rust, old and new mangling."""

from __future__ import annotations

import re
from functools import lru_cache

# What GCC and LLVM append to the names of clones and parts of a function.
_CLONE = re.compile(r"(?:\.(?:part|isra|constprop|cold|llvm|lto_priv|clone|localalias)?[.\d]*)+$")


@lru_cache(maxsize=4096)
def demangle(symbol: str) -> str:
    """A symbol for people; as it is when it is not mangled."""
    if not symbol.startswith(("_Z", "_R", "__R")):
        return symbol
    import pydemumble

    # The hash at the end of Rust's old mangling is left out, as Rust's own tools do.
    name = _CLONE.sub("", symbol)
    found: str = pydemumble.demangle(name)
    return found + symbol[len(name) :] if found else symbol
