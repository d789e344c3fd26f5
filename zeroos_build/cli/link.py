# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build link`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import NeededOutputOption, NeededTargetOption, part


def command(
    inputs: Annotated[list[Path], typer.Argument(metavar="IN...", help="Objects and archives.")],
    target: NeededTargetOption,
    image: NeededOutputOption,
) -> None:
    """Link objects and archives into an image.

    Lowers the inputs, takes the handlers that they reach, and verifies the result.
    """
    from zeroos_build.target import load_target

    report = part("link.command").link_files(inputs, load_target(target), image)
    output.result([], output=str(image), report=report)
