# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build bundle`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.bundling import (
    EnvOption,
    GuestArgsCommand,
    RootOption,
    StdinOption,
    asked_bundle,
    check_taken,
)
from zeroos_build.cli.options import NeededOutputOption
from zeroos_build.cli.session import describe_image

COMMAND_CLASS = GuestArgsCommand


def command(
    context: typer.Context,
    target_file: NeededOutputOption,
    image: Annotated[
        Path | None,
        typer.Argument(metavar="IMAGE", help="An image; the bundle must be one that it takes."),
    ] = None,
    stdin: StdinOption = None,
    root: RootOption = None,
    env: EnvOption = None,
) -> None:
    """Write a bundle for a prover: the private input of an image in bundle mode.

    Equal content gives equal bytes. `run` packs the same bundle from the same options.
    """
    from zeroos_build import files
    from zeroos_build.bundle import InputMode, pack

    bundle = asked_bundle(context, stdin, root, env)
    if image is not None:
        check_taken(bundle, InputMode.of(describe_image(image)))
    data = pack(bundle)
    files.write_bytes(target_file, data)
    output.result([], output=str(target_file), bytes=len(data), parts=list(bundle.parts))
