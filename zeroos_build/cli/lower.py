# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build lower`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import NeededOutputOption, NeededTargetOption, part


def command(
    source: Annotated[Path, typer.Argument(metavar="IN", help="An object or an archive.")],
    target: NeededTargetOption,
    result: NeededOutputOption,
) -> None:
    """Lower one object or archive for a target.

    Replaces what the target cannot execute: Linux system calls, atomics, fences.
    """
    from zeroos_build.target import load_target

    report = part("lower.command").lower_file(source, load_target(target), result)
    output.result([], output=str(result), report=report)
