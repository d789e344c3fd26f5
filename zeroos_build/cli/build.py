# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build build`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zeroos_build import warm
from zeroos_build.cli import output
from zeroos_build.cli.building import build_images, image_facts, image_line, plan_images
from zeroos_build.cli.options import (
    DispatchOption,
    ManifestOption,
    SetOption,
    ToolchainOption,
    load_project,
    usage_error,
)
from zeroos_build.process import quoted

if TYPE_CHECKING:
    from zeroos_build.plan.model import Plan


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
    if dry_run:
        plans = plan_images(project, wanted, jobs=jobs)
        output.result(
            [line for plan in plans for line in _plan_lines(plan)],
            plans=[_plan_data(plan) for plan in plans],
        )
        return
    results = build_images(project, wanted, output=image, jobs=jobs)
    warnings = dict.fromkeys(warning for result in results for warning in result.warnings)
    warm.record(sys.argv[1:], project, [project.resolve(name) for name in wanted], results)
    facts = [image_facts(result) for result in results]
    output.result([image_line(one) for one in facts], list(warnings), images=facts)


def _plan_lines(plan: Plan) -> Iterator[str]:
    """The commands of a plan, to be pasted into a shell."""
    yield f"# {plan.facts.target}: in {plan.directory}"
    for step in plan.steps:
        yield quoted(step.command)


def _plan_data(plan: Plan) -> dict[str, object]:
    steps = [
        {
            "name": step.name,
            "subject": step.subject,
            "command": list(step.command),
            "inputs": [*step.inputs, *step.implicit],
            "outputs": list(step.outputs),
        }
        for step in plan.steps
    ]
    return {"target": plan.facts.target, "directory": str(plan.directory), "steps": steps}
