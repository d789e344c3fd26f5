# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build build`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import (
    DispatchOption,
    ManifestOption,
    SetOption,
    ToolchainOption,
    load_project,
    part,
    usage_error,
)


def command(
    manifest: ManifestOption = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "-t",
            "--target",
            metavar="T",
            help="A target, by name or directory. May be repeated.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All of `build.targets`, by default every target.")
    ] = False,
    image: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Also write the image to FILE."),
    ] = None,
    toolchain: ToolchainOption = None,
    dispatch: DispatchOption = None,
    settings: SetOption = None,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", metavar="N", min=1, help="Steps at a time. Default: by CPUs."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan, do nothing.")] = False,
) -> None:
    """Build the image of a project.

    Writes `build/zeroos/<target>/<name>.elf` and its report under the manifest's directory.
    """
    from zeroos_build.target import load_target

    targets = target or []
    if every and targets:
        raise usage_error("`--all` and `-t` exclude each other", "leave out one of them")
    project = load_project(
        manifest,
        targets[0] if targets else None,
        settings=settings or (),
        toolchain=toolchain,
        dispatch=dispatch,
    )
    wanted = project.all_targets() if every else targets or [project.default_target]
    for name in wanted:
        load_target(name)
    if image is not None and len(wanted) > 1:
        raise usage_error("`-o FILE` takes one image, but there are several targets", "drop `-o`")
    module = part("build")
    options = module.BuildOptions(output=image, jobs=jobs, dry_run=dry_run)
    results = module.build(project, wanted, options)
    lines = [line for result in results for line in result.lines()]
    output.result(lines, images=[result.as_json() for result in results])
