# SPDX-License-Identifier: MIT OR Apache-2.0
"""From a toolchain's name to the toolchain."""

from __future__ import annotations

from zeroos_build.diagnostics import error
from zeroos_build.toolchain.base import Toolchain
from zeroos_build.toolchain.zig import Zig

NAMES = ("zig", "gcc", "clang")


def find_toolchain(name: str) -> Toolchain:
    """The toolchain, or ZOS202 with what is missing."""
    if name == "zig":
        return Zig()
    raise error(
        "ZOS202",
        f"the toolchain `{name}` is not supported yet",
        help='use `toolchain = "zig"`',
    )
