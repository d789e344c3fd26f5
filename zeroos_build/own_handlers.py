# SPDX-License-Identifier: MIT OR Apache-2.0
"""Each handler of the project's own is in the file that the manifest names for it, and linked.

The linker takes the libOS's where there is no other, so a file without it would go unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zeroos_build.diagnostics import Diagnostic, ZeroosError
from zeroos_build.elf import constants as c
from zeroos_build.elf.archive import is_archive, members
from zeroos_build.elf.image import Image
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.facts import Facts
from zeroos_build.plan.own import built


def check_files(facts: Facts, directory: Path) -> None:
    """Raises ZOS446 for each that is missing; `directory` is that of the build."""
    defined: dict[str, set[str]] = {}
    found = []
    for name, path in facts.handlers.items():
        if path not in defined:
            defined[path] = set(_definitions(directory / built(path)))
        if f"sys_{name}" not in defined[path]:
            found.append(
                Diagnostic(
                    "ZOS446",
                    f"`{path}` does not define `sys_{name}`",
                    notes=(f"the image would not have the handler of `{name}` that it is to have",),
                    help=f"define it, or correct `[abi.handlers] {name}`",
                )
            )
    if found:
        raise ZeroosError(found)


def check_linked(image: Image, facts: Facts) -> Iterator[Diagnostic]:
    """The libOS's definitions are weak, those of the project are not.

    ZOS446 where the libOS's handler stands for one of the project's own, ZOS447 for a function of
    the program that stands for a handler of the libOS and is not named as one.
    """
    names = {f"sys_{call.name}": call.name for call in facts.calls}
    for symbol in image.symbols:
        name = names.get(symbol.name)
        if name is None or symbol.section == c.SHN_UNDEF or symbol.bind == c.STB_LOCAL:
            continue
        path, weak = facts.handlers.get(name), symbol.bind == c.STB_WEAK
        if path is not None and weak:
            yield Diagnostic(
                "ZOS446",
                f"the linker took the libOS's `{symbol.name}` and not that of `{path}`",
                notes=("an archive's object is linked where nothing has defined the name before",),
                help="name an object or a source file instead of an archive",
            )
        elif path is None and not weak:
            yield Diagnostic(
                "ZOS447",
                f"the program's own `{symbol.name}` stands for the libOS's handler of `{name}`",
                notes=("nobody who reads the manifest would know",),
                help=f"name its file in `[abi.handlers] {name}`, or give it another name",
            )


def _definitions(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    parts = [m.data for m in members(data, path.name)] if is_archive(data) else [memoryview(data)]
    for part in parts:
        if bytes(part[:4]) == b"\x7fELF":
            for symbol in Relocatable.parse(part, path.name).symbols:
                if symbol.bind == c.STB_GLOBAL and symbol.section != c.SHN_UNDEF:
                    yield symbol.name
