# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build cargo`, which is also `cargo zeroos`."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from zeroos_build.cli import output

_WORDS = "zeroos.cargo_words"


class CargoCommand(TyperCommand):
    """Keeps the whole command line: most of it is cargo's."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        before = args[: args.index("--")] if "--" in args else args
        if not args or before[0] in ("-h", "--help"):
            return super().parse_args(ctx, ["--help"])
        ctx.meta[_WORDS] = args
        return super().parse_args(ctx, [])

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return ["[OPTIONS] build|run|test|check|... [CARGO'S OPTIONS] [-- ARGS...]"]


COMMAND_CLASS = CargoCommand


def command(
    context: typer.Context,
    target: Annotated[
        list[str] | None,
        typer.Option("-t", "--zeroos-target", metavar="T", help="The target; several to build."),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="A key of the manifest."),
    ] = None,
    panic: Annotated[
        str,
        typer.Option(
            "--panic",
            metavar="abort|unwind",
            help="What a panic does: abort, or unwind the stack.",
        ),
    ] = "abort",
    symbolizer: Annotated[
        bool,
        typer.Option("--symbolizer", help="Keep the part of std that names functions in panics."),
    ] = False,
    no_std: Annotated[
        bool, typer.Option("--no-std", help="Compile core and alloc alone, for no_std programs.")
    ] = False,
    private_input: Annotated[
        str | None, typer.Option("--input", metavar="FILE", help="As of `run`.")
    ] = None,
    public_output: Annotated[
        str | None, typer.Option("--output", metavar="FILE", help="As of `run`.")
    ] = None,
    stats: Annotated[
        str | None, typer.Option("--stats", metavar="FILE", help="As of `run`.")
    ] = None,
    trace: Annotated[bool, typer.Option("--trace", help="As of `run`.")] = False,
    limit: Annotated[str | None, typer.Option("--limit", metavar="N", help="As of `run`.")] = None,
) -> None:
    """Build, run and test Rust programs by cargo.

    The words are cargo's, with these options among them; everything behind `--` is for the
    program. Images lie in `zeroos/<target>/` beside what cargo makes. The target and the settings
    come from the options, the environment or the `zeroos.toml` nearest to the package.
    """
    from zeroos_build.cargo.drive import plan_job, run_job
    from zeroos_build.cli.building import shortest

    job = plan_job(context.meta[_WORDS], os.environ)
    code, records = run_job(job)
    if code != 0:
        raise typer.Exit(code)
    if not job.listed:
        return
    rows, warnings = [], []
    for record in records:
        for one in job.targets:
            made = _link(record, one, job)
            rows.append(
                {"target": made.target, "image": str(made.image), "report": str(made.report)}
            )
            warnings += made.warnings
    output.result(
        [f"{row['target']}: {shortest(row['image'])}" for row in rows],
        list(dict.fromkeys(warnings)),
        images=rows,
    )


def _link(record: Any, target: str, job: Any) -> Any:
    from zeroos_build.cargo.link import link_record

    return link_record(record, target, job.settings, unwind=job.library.panic == "unwind")


def main() -> int:
    """The console script `cargo-zeroos`: cargo passes its own name for us first."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from zeroos_build.cli.app import run_command_line

    words = sys.argv[1:]
    if words[:1] == ["zeroos"]:
        words = words[1:]
    return run_command_line(["cargo", *words])
