# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build lower`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.building import shown_options
from zeroos_build.cli.options import NeededOutputOption, NeededTargetOption


def command(
    source: Annotated[Path, typer.Argument(metavar="IN", help="An object or an archive.")],
    target: NeededTargetOption,
    result: NeededOutputOption,
) -> None:
    """Lower one object or archive for a target.

    Replaces what the target cannot execute: Linux system calls, atomics, fences.
    """
    from zeroos_build.lower.command import lower_file

    with shown_options("lower") as options:
        lower_file(source, target, result, options)
    output.result([], output=str(result))
