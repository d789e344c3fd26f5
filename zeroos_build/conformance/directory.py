# SPDX-License-Identifier: MIT OR Apache-2.0
"""A target's directory: whether it has all that a target has, and whether its bootloader links."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from zeroos_build import files
from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError
from zeroos_build.target import Target, load_target

README_LINES = 60
_SOURCES = ("boot.S", "host.c")
# A service by which a run can end.
_ENDS = frozenset({"exit", "finisher"})


def check_directory(reference: str) -> Target:
    """The target of a directory, after everything about it that needs no run was checked.

    ZOS110 or ZOS111 for data that is missing or not valid, ZOS130 for what else is not there, and
    whatever a build of a program with nothing in it finds.
    """
    from zeroos_build.build import Options, build
    from zeroos_build.manifest import load

    target = load_target(reference)
    found = list(_missing(target))
    if found:
        raise ZeroosError(found)
    with tempfile.TemporaryDirectory(prefix="zeroos-target-") as scratch:
        directory = Path(scratch)
        files.write_text(directory / "main.c", "int main(void)\n{\n    return 0;\n}\n")
        files.write_text(directory / "zeroos.toml", '[image]\nname = "nothing"\n')
        build(load(directory / "zeroos.toml", env={}), [reference], Options())
    return target


def _missing(target: Target) -> Iterator[Diagnostic]:
    """What a directory lacks or says wrongly, besides what its data model refuses."""
    home = target.directory
    needed = ["README.md"] if target.kernel == "linux" else [*_SOURCES, "README.md"]
    for name in needed:
        if not (home / name).is_file():
            yield Diagnostic(
                "ZOS130",
                f"`{home}` holds no {name}",
                help="`zeroos-build target new DIR` writes one to start from",
            )
    readme = home / "README.md"
    if readme.is_file() and len(readme.read_text("utf-8").splitlines()) > README_LINES:
        yield Diagnostic(
            "ZOS130",
            f"the README has more than {README_LINES} lines",
            Location(str(readme)),
            help="keep what a user of the target must know",
        )
    data = str(home / "target.toml")
    if target.kernel == "libos" and not any(c.service in _ENDS for c in target.host_call):
        yield Diagnostic(
            "ZOS130",
            "no host call ends a run",
            Location(data),
            notes=("the embedded machine would never stop",),
            help='describe the one that does, with `service = "exit"`',
        )
    for where, source in _sources(target):
        if not source.strip():
            yield Diagnostic(
                "ZOS130",
                f"`{where}` has no source",
                Location(data),
                help="say where the fact is from: `repository@version: path`",
            )


def _sources(target: Target) -> Iterator[tuple[str, str]]:
    """Each fact's place with its source."""
    for name in ("isa", "image", "exit", "streams"):
        yield f"[{name}]", getattr(target, name).source
    for region in target.memory.region:
        yield f"region {region.name}", region.source
    for name, abi in target.host_call_abi.items():
        yield f"[host_call_abi.{name}]", abi.source
