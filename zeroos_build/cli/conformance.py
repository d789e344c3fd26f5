# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build conformance`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zeroos_build.cli import output, settings
from zeroos_build.cli.options import NeededTargetOption, usage_error

if TYPE_CHECKING:
    from zeroos_build.conformance.runner import ExecutorChoice, Runner
    from zeroos_build.conformance.trial import Verdict
    from zeroos_build.target import Target

# More than any program of the kit takes on any target.
LIMIT = 500_000_000


def command(
    target: NeededTargetOption,
    runner: Annotated[
        str | None,
        typer.Option(
            "--runner",
            metavar="CMD",
            help="A command that runs an image: `CMD IMAGE --input FILE --output FILE`, or with"
            " {image}, {input} and {output} in their places.",
        ),
    ] = None,
    executor: Annotated[
        str,
        typer.Option(
            "--executor",
            metavar="auto|embedded|real",
            help="Without a runner: the target's own executor, the embedded machine, or the"
            " former if it is there.",
        ),
    ] = "auto",
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAME", help="One program. May be repeated."),
    ] = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Results as JUnit XML.")
    ] = None,
    badge: Annotated[
        Path | None, typer.Option("--badge", metavar="FILE", help="Results as a badge's JSON.")
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="S", min=1, help="Seconds for one run.")
    ] = 120,
) -> None:
    """Run the conformance kit on a target.

    It says whether the target does all that a target must: the kit's programs end, print and
    publish as they do as Linux processes. Exits with 1 if one of them does not.
    """
    from zeroos_build import files
    from zeroos_build.conformance.results import badge as badge_text
    from zeroos_build.conformance.results import junit as junit_text
    from zeroos_build.conformance.runner import command_runner, executor_runner
    from zeroos_build.target import load_target

    if executor not in ("auto", "embedded", "real"):
        raise usage_error(f"there is no executor `{executor}`", "auto, embedded or real")
    choice: ExecutorChoice = executor  # type: ignore[assignment]
    described = load_target(target)
    machine, run = (
        command_runner(runner, timeout)
        if runner is not None
        else executor_runner(described, choice, limit=LIMIT)
    )
    output.note(f"running on {machine if machine != 'embedded' else 'the embedded machine'}")
    verdicts = run_kit(described, target, run, only or ())
    if junit is not None:
        files.write_text(junit, junit_text(described.name, machine, verdicts))
    if badge is not None:
        files.write_text(badge, badge_text(verdicts))
    output.result(
        summary(verdicts),
        target=described.name,
        machine=machine,
        programs=[
            {
                "name": verdict.name,
                "state": verdict.state,
                "findings": list(verdict.findings),
                "instructions": verdict.instructions,
            }
            for verdict in verdicts
        ],
    )
    if any(verdict.state == "failed" for verdict in verdicts):
        raise typer.Exit(1)


def run_kit(
    target: Target, reference: str, runner: Runner, only: list[str] | tuple[str, ...] = ()
) -> list[Verdict]:
    """All programs of the kit, or those named; ZOS100 for a name that it has not."""
    from zeroos_build.build import Options
    from zeroos_build.cli.progress import progress
    from zeroos_build.conformance.kit import load_kit
    from zeroos_build.conformance.trial import attempt

    programs = load_kit().program
    unknown = [name for name in only if name not in {program.name for program in programs}]
    if unknown:
        raise usage_error(
            f"the kit has no program `{unknown[0]}`",
            f"it has {', '.join(program.name for program in programs)}",
        )
    chosen = [program for program in programs if not only or program.name in only]
    verdicts = []
    with progress(len(chosen), f"conformance of {target.name}") as shown:
        options = Options(verbose=settings.current.verbose > 0)
        for program in chosen:
            shown.step("run", program.name)
            verdicts.append(attempt(program, target, reference, runner, options))
    return verdicts


def summary(verdicts: list[Verdict]) -> list[str]:
    """What failed and what was left out, and the counts."""
    lines = [
        f"{verdict.name}: {verdict.state}: {finding}"
        for verdict in verdicts
        for finding in verdict.findings
    ]
    states = [verdict.state for verdict in verdicts]
    counts = ", ".join(
        f"{states.count(state)} {state}" for state in ("passed", "failed", "skipped")
    )
    return [*lines, counts]
