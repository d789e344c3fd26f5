# SPDX-License-Identifier: MIT OR Apache-2.0
"""Syscall specs by the names that manifests use."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from zeroos_build.paths import data_root

if TYPE_CHECKING:
    from zeroos_build.spec import Syscall


@cache
def spec_of(name: str) -> Syscall | None:
    """The spec behind a name of either width; None where nobody has written one."""
    # Imported where it is needed: most manifests have no policy. Of the files only those are read
    # that hold the name, since all of them would take longer than everything else of the linter.
    from zeroos_build.spec import SUBSYSTEMS, read_file

    other = None
    for subsystem in SUBSYSTEMS:
        path = data_root() / "syscall_specs" / f"{subsystem}.toml"
        if f'"{name}"' not in path.read_text("utf-8"):
            continue
        for call in read_file(path, subsystem).syscall:
            if call.name == name:
                return call
            if call.linux32 == name:
                other = call
    return other
