# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build link`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.building import shown_options
from zeroos_build.cli.options import NeededOutputOption, NeededTargetOption


def command(
    inputs: Annotated[list[Path], typer.Argument(metavar="IN...", help="Objects and archives.")],
    target: NeededTargetOption,
    image: NeededOutputOption,
) -> None:
    """Link objects and archives into an image.

    Lowers the inputs, takes the handlers that they reach, and verifies the result.
    """
    from zeroos_build.link.command import link_files

    with shown_options("link") as options:
        made = link_files(inputs, target, image, options)
    output.result([], made.warnings, output=str(image), report=str(made.report))
