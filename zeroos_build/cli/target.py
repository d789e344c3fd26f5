# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build target`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from zeroos_build.cli import output
from zeroos_build.cli.conformance import LIMIT, run_kit, summary


def command(
    action: Annotated[
        Literal["new", "check"], typer.Argument(metavar="new|check", help="What to do.")
    ],
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="The target's directory: ./my-zkvm")
    ],
    runner: Annotated[
        str | None,
        typer.Option(
            "--runner",
            metavar="CMD",
            help="What runs the kit's images, as for `conformance`. Default: the embedded machine.",
        ),
    ] = None,
) -> None:
    """Start a target of your own, or check one.

    `new` writes a directory with the four files of a target that works on the embedded machine;
    change it fact by fact. `check` reads the data, builds the bootloader into an image and verifies
    that, and runs the conformance kit. docs/adding-a-target.md is the guide.
    """
    if action == "new":
        from zeroos_build.scaffold import start_target

        written = [str(path) for path in start_target(directory)]
        place = directory if directory.is_absolute() else f"./{directory}"
        lines = [f"wrote {path}" for path in written]
        output.result([*lines, f"next: zeroos-build target check {place}"], files=written)
        return
    raise typer.Exit(_check(directory, runner))


def _check(directory: Path, runner: str | None) -> int:
    from zeroos_build.conformance.directory import check_directory
    from zeroos_build.conformance.runner import command_runner, executor_runner

    reference = str(directory) if "/" in str(directory) else f"./{directory}"
    target = check_directory(reference)
    output.note(f"the data of {target.name} is complete, and its bootloader links and verifies")
    machine, run = (
        command_runner(runner, 120)
        if runner is not None
        else executor_runner(target, "embedded", limit=LIMIT)
    )
    verdicts = run_kit(target, reference, run)
    output.result(
        summary(verdicts),
        target=target.name,
        machine=machine,
        programs=[
            {"name": v.name, "state": v.state, "findings": list(v.findings)} for v in verdicts
        ],
    )
    return int(any(verdict.state == "failed" for verdict in verdicts))
