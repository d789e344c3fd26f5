# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build run`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zeroos_build.cli import settings
from zeroos_build.cli.building import build_images
from zeroos_build.cli.bundling import (
    EnvOption,
    GuestArgsCommand,
    RootOption,
    StdinOption,
    asked_bundle,
    check_taken,
    read_input,
)
from zeroos_build.cli.options import TargetOption, load_project, usage_error
from zeroos_build.cli.render import print_text
from zeroos_build.cli.session import (
    BacktraceChoice,
    ExecutorChoice,
    Session,
    describe_image,
    image_target,
)
from zeroos_build.cli.trace import Tracing
from zeroos_build.diagnostics import EXIT_RUN_FAILED

if TYPE_CHECKING:
    from zeroos_build.bundle import Bundle, InputMode
    from zeroos_build.target import Target

COMMAND_CLASS = GuestArgsCommand


def command(
    context: typer.Context,
    image: Annotated[
        Path | None,
        typer.Argument(metavar="IMAGE", help="An image; without it the project is built first."),
    ] = None,
    target: TargetOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="On all of `build.targets`, by default every target.")
    ] = False,
    executor: Annotated[
        ExecutorChoice,
        typer.Option(
            "--executor",
            metavar="auto|embedded|real",
            envvar="ZEROOS_EXECUTOR",
            help="The target's own executor, the embedded machine, or the former if it is there.",
        ),
    ] = "auto",
    private_input: Annotated[
        Path | None,
        typer.Option("--input", metavar="FILE", help="The private input; `-` is stdin."),
    ] = None,
    public_output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="The public output; `-` is stdout."),
    ] = None,
    stats: Annotated[
        Path | None,
        typer.Option("--stats", metavar="FILE", help="Counts and outcome, as JSON."),
    ] = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="Count only; skip the checks of the strict machine.")
    ] = False,
    stdin: StdinOption = None,
    root: RootOption = None,
    env: EnvOption = None,
    trace: Annotated[
        bool, typer.Option("--trace", help="Print each system call on stderr, as strace does.")
    ] = False,
    trace_json: Annotated[
        Path | None,
        typer.Option("--trace-json", metavar="FILE", help="Each system call as a JSON object."),
    ] = None,
    backtrace: Annotated[
        BacktraceChoice,
        typer.Option(
            "--backtrace",
            metavar="auto|off|fp|dwarf",
            help="Where a failed run stands: by all that helps, not, by frame pointers, by DWARF.",
        ),
    ] = "auto",
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="What the run met, for `suggest`."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="Stop after N instructions (exit 124)."),
    ] = None,
) -> None:
    """Build and run a project, or run an image.

    The guest's stdout is stdout and its exit code the exit code; all our words go to stderr. 124
    means that the limit was reached, 125 that something else than the guest failed, 2 that the
    image does not take the bundle that the options make.
    """
    from zeroos_build.bundle import InputMode

    if every:
        if image is not None or target is not None:
            raise usage_error("`--all` runs the project on its targets", "leave out IMAGE and `-t`")
        raise typer.Exit(_run_all(private_input, executor))
    if image is None:
        image, chosen = _build(target)
    else:
        chosen = image_target(image, target)
    bundle, mode = asked_bundle(context, stdin, root, env), InputMode.of(describe_image(image))
    check_taken(bundle, mode)
    given = _input(private_input, bundle, mode)
    tracing = Tracing(trace, trace_json, record)
    session = Session(
        image, chosen, executor, given, public_output, stats, fast, tracing, limit, backtrace
    )
    raise typer.Exit(session.run())


def _run_all(private_input: Path | None, executor: ExecutorChoice) -> int:
    """Run the project everywhere: its stdout and exit code once, if all targets agree."""
    from zeroos_build.cli import output
    from zeroos_build.cli.compare import compared, text_table, verdict
    from zeroos_build.compare import common_code, disagreements

    project = load_project(None)
    rows = compared(project, project.all_targets(), private_input, executor)
    found = disagreements(rows)
    if settings.current.json:
        output.result([], rows=[row.as_json() for row in rows], disagreements=found)
    else:
        for line in [*text_table(rows), *verdict(rows, found)]:
            print(line, file=sys.stderr)
        sys.stdout.flush()
        if not found:
            sys.stdout.buffer.write(next((r.stdout for r in rows if r.exit_code is not None), b""))
    if found or all(row.exit_code is None for row in rows):
        return EXIT_RUN_FAILED
    return common_code(rows)


def _input(path: Path | None, bundle: Bundle, mode: InputMode) -> bytes:
    """The private input: a file's bytes, or a bundle where the image reads one."""
    from zeroos_build.bundle import pack

    if path is not None:
        if bundle.parts:
            raise usage_error(
                "`--input` is a whole private input, and other options ask for a bundle",
                "leave out `--input`, or pack the bundle first: `zeroos-build bundle`",
            )
        return read_input(path)
    return pack(bundle) if mode.mode == "bundle" else b""


def _build(name: str | None) -> tuple[Path, Target]:
    """The project's image, made now."""
    from zeroos_build.target import load_target

    project = load_project(None, name)
    reference = project.default_target
    [built] = build_images(project, [reference])
    if built.warnings and not settings.current.json:
        print_text(built.warnings)
    return built.image, load_target(reference)
