# SPDX-License-Identifier: MIT OR Apache-2.0
"""Syscall specs by the names that manifests use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zeroos_build.spec import Syscall


def spec_of(name: str) -> Syscall | None:
    """The spec behind a name of either width; None where nobody has written one."""
    # Imported where it is needed: most manifests have no policy, and the specs take time to read.
    from zeroos_build.spec import load_specs

    specs = load_specs().by_name
    found = specs.get(name)
    return found or next((call for call in specs.values() if call.linux32 == name), None)
