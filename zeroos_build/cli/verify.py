# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import TargetOption


def command(
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="A finished image.")],
    target: TargetOption = None,
) -> None:
    """Read an image back and prove what a build promises.

    No instruction that the target cannot execute, no Linux system call without its handler,
    segments as the target wants them. Exits with 5 if something does not hold.
    """
    from zeroos_build.target import load_target
    from zeroos_build.verify import verify_image

    facts = verify_image(image, load_target(target) if target else None)
    output.result([f"{image}: verified for {facts.target}"], image=str(image), target=facts.target)
