# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build doctor`."""

from __future__ import annotations

import typer

from zeroos_build.cli import output, settings
from zeroos_build.cli.options import ManifestOption, TargetOption, ToolchainOption
from zeroos_build.cli.render import json_text
from zeroos_build.diagnostics import EXIT_TOOLCHAIN


def command(
    manifest: ManifestOption = None,
    target: TargetOption = None,
    toolchain: ToolchainOption = None,
) -> None:
    """List what is installed, what is missing and how to get it.

    Exits with 4 if the chosen target cannot be built here.
    """
    from zeroos_build.doctor import examine

    checkup = examine(manifest, target, toolchain)
    if settings.current.json:
        print(json_text(checkup.can_build, **checkup.as_json()), end="")
    else:
        output.result(checkup.lines())
    if not checkup.can_build:
        raise typer.Exit(EXIT_TOOLCHAIN)
