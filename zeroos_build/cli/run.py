# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build run`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from zeroos_build.cli import settings
from zeroos_build.cli.building import build_images
from zeroos_build.cli.options import TargetOption, load_project, usage_error
from zeroos_build.cli.render import print_text
from zeroos_build.cli.session import BacktraceChoice, ExecutorChoice, Session, image_target
from zeroos_build.cli.trace import Tracing

if TYPE_CHECKING:
    from zeroos_build.target import Target

_GUEST_ARGS = "zeroos.guest_args"


class COMMAND_CLASS(TyperCommand):  # noqa: N801
    """Keeps what stands behind `--` for the guest, before IMAGE could take its first word."""

    takes_guest_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if "--" in args:
            cut = args.index("--")
            ctx.meta[_GUEST_ARGS] = args[cut + 1 :]
            args = args[:cut]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "[-- ARGS...]"]


def command(
    context: typer.Context,
    image: Annotated[
        Path | None,
        typer.Argument(metavar="IMAGE", help="An image; without it the project is built first."),
    ] = None,
    target: TargetOption = None,
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
    stdin: Annotated[
        Path | None,
        typer.Option("--stdin", metavar="FILE", help="Standard input in a bundle."),
    ] = None,
    root: Annotated[
        Path | None, typer.Option("--root", metavar="DIR", help="Files in a bundle.")
    ] = None,
    env: Annotated[
        list[str] | None,
        typer.Option("--env", metavar="K=V", help="A variable in a bundle.", show_default=False),
    ] = None,
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
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="Stop after N instructions (exit 124)."),
    ] = None,
) -> None:
    """Build and run a project, or run an image.

    The guest's stdout is stdout and its exit code the exit code; all our words go to stderr. 124
    means that the limit was reached, 125 that something else than the guest failed.
    """
    bundled = {"--stdin": stdin, "--root": root, "--env": env, "--": context.meta.get(_GUEST_ARGS)}
    if image is None:
        image, chosen = _build(target)
    else:
        chosen = image_target(image, target)
    for name, value in bundled.items():
        if value:
            raise usage_error(
                f"`{name}` needs an image whose private input is a bundle",
                'set `mode = "bundle"` in `[abi.input]` and build it again',
            )
    tracing = Tracing(trace, trace_json)
    session = Session(
        image,
        chosen,
        executor,
        private_input,
        public_output,
        stats,
        fast,
        tracing,
        limit,
        backtrace,
    )
    raise typer.Exit(session.run())


def _build(name: str | None) -> tuple[Path, Target]:
    """The project's image, made now."""
    from zeroos_build.target import load_target

    project = load_project(None, name)
    reference = project.default_target
    [built] = build_images(project, [reference])
    if built.warnings and not settings.current.json:
        print_text(built.warnings)
    return built.image, load_target(reference)
