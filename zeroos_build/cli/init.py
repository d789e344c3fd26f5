# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zeroos_build.cli import output


def command(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to; created if need be.")
    ] = Path(),
    template: Annotated[
        str,
        typer.Option(
            "--template", metavar="NAME", help="c, cpp, rust, rust-no-std, cmake or objects."
        ),
    ] = "c",
) -> None:
    """Start a project: a manifest and a first program.

    Writes a few files, prints each, and never overwrites one.
    """
    from zeroos_build.scaffold import next_command, start_project

    written = [str(path) for path in start_project(directory, template)]
    lines = [f"wrote {path}" for path in written]
    output.result([*lines, f"next: {next_command(directory, template)}"], files=written)
