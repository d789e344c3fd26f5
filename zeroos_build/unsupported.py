# SPDX-License-Identifier: MIT OR Apache-2.0
"""Settings of a manifest that this version does not build yet: refused, not ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroos_build.diagnostics import Diagnostic, ZeroosError
from zeroos_build.paths import data_root

if TYPE_CHECKING:
    from zeroos_build.manifest.project import Resolved


def refuse_unsupported(resolved: Resolved) -> None:
    """ZOS121 for each such setting."""
    abi = resolved.abi
    allocator = data_root() / "libos" / "choices" / f"pages-{abi.memory.allocator}.c"
    cases = [
        ("abi.memory.allocator", allocator.is_file(), f'"{abi.memory.allocator}"'),
    ]
    found = [
        Diagnostic(
            "ZOS121",
            f"`{key}`: {what} cannot be built by this version",
            notes=(f"set in {resolved.origins[key]}",),
            help=f"remove `{key}`",
        )
        for key, supported, what in cases
        if not supported
    ]
    if found:
        raise ZeroosError(found)
