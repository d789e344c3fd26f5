# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build env`."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Literal

import typer

from zeroos_build.cli.options import TargetOption


def command(
    form: Annotated[
        Literal["sh", "make", "cmake", "cargo", "meson", "direnv", "json"],
        typer.Option("--format", metavar="F", help="sh, make, cmake, cargo, meson, direnv, json."),
    ] = "sh",
    target: TargetOption = None,
) -> None:
    """Print what a build system has to be told to use the wrappers.

    `eval "$(zeroos-build env)"` sets CC, CXX, LD, AR, RANLIB and the target for makefiles;
    `./configure --host=$ZEROOS_HOST` and `cmake --toolchain FILE` do the rest.
    """
    from zeroos_build.target import load_target
    from zeroos_build.wrap.environment import environment_text

    reference = wanted_target(target)
    sys.stdout.write(environment_text(load_target(reference), reference, form))


def wanted_target(target: str | None) -> str:
    """`-t`, ZEROOS_TARGET, the nearest manifest's, else qemu-virt; directories made absolute."""
    from pathlib import Path

    from zeroos_build.manifest import load
    from zeroos_build.wrap.memory import nearest_manifest

    manifest = os.environ.get("ZEROOS_MANIFEST") or nearest_manifest()
    named = target or os.environ.get("ZEROOS_TARGET")
    if named is None and manifest is not None:
        return load(manifest, env=os.environ).default_target
    found = named or "qemu-virt"
    return str(Path(found).absolute()) if "/" in found else found
