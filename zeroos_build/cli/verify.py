# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import TargetOption, part


def command(
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="A finished image.")],
    target: TargetOption = None,
) -> None:
    """Read an image back and prove what a build promises.

    No instruction that the target cannot execute, no Linux system call without its handler,
    segments as the target wants them. Exits with 5 if something does not hold.
    """
    from zeroos_build.target import load_target

    chosen = load_target(target) if target else None
    report = part("verify").verify_image(image, chosen)
    output.result([f"{image}: verified"], image=str(image), report=report)
