# SPDX-License-Identifier: MIT OR Apache-2.0
"""Each handler of the project's own is in the file that the manifest names for it.

The linker takes the libOS's where there is no other, so a file without it would go unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zeroos_build.diagnostics import Diagnostic
from zeroos_build.elf import constants as c
from zeroos_build.elf.archive import is_archive, members
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.facts import Facts
from zeroos_build.plan.own import built


def check_handlers(facts: Facts, directory: Path) -> Iterator[Diagnostic]:
    """ZOS445 for each that is missing; `directory` is that of the build."""
    defined: dict[str, set[str]] = {}
    for name, path in facts.handlers.items():
        if path not in defined:
            defined[path] = set(_definitions(directory / built(path)))
        if f"sys_{name}" not in defined[path]:
            yield Diagnostic(
                "ZOS445",
                f"`{path}` does not define `sys_{name}`",
                notes=(f"the libOS's own handler of `{name}` would be linked without a word",),
                help=f"define it, or correct `[abi.handlers] {name}`",
            )


def _definitions(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    parts = [m.data for m in members(data, path.name)] if is_archive(data) else [memoryview(data)]
    for part in parts:
        if bytes(part[:4]) == b"\x7fELF":
            for symbol in Relocatable.parse(part, path.name).symbols:
                if symbol.bind == c.STB_GLOBAL and symbol.section != c.SHN_UNDEF:
                    yield symbol.name
