# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build compare`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import ManifestOption, SetOption, ToolchainOption, load_project

if TYPE_CHECKING:
    from zeroos_build.compare import Row
    from zeroos_build.conformance.runner import ExecutorChoice
    from zeroos_build.manifest import Project

TargetsOption = Annotated[
    list[str] | None,
    typer.Option(
        "-t",
        "--target",
        metavar="T",
        help="A target. May be repeated. Default: `build.targets`, else every target.",
        show_default=False,
    ),
]
_HEAD = ("TARGET", "ISA", "LOADED", "INSTRUCTIONS", "EXIT", "OUTPUT", "SYSCALLS", "RAN ON")


def command(
    manifest: ManifestOption = None,
    target: TargetsOption = None,
    private_input: Annotated[
        Path | None,
        typer.Option("--input", metavar="FILE", help="The private input; `-` is stdin."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write a page.")
    ] = None,
    toolchain: ToolchainOption = None,
    settings: SetOption = None,
) -> None:
    """Build and run a project on several targets, and compare what comes out.

    Bytes loaded, instructions, exit code, digest of the public output, ISA, system calls. Exits
    with 1 if the targets that run it do not agree.
    """
    from zeroos_build import files
    from zeroos_build.compare import disagreements
    from zeroos_build.generate.text import render

    project = load_project(
        manifest, target[0] if target else None, settings=settings or (), toolchain=toolchain
    )
    rows = compared(project, target or project.all_targets(), private_input, "auto")
    found = disagreements(rows)
    if html is not None:
        name = project.resolve((target or project.all_targets())[0]).image.name
        page = render("compare.html.j2", name=name, rows=rows, found=found)
        files.write_text(html, page)
    output.result(
        [*text_table(rows), *verdict(rows, found)],
        rows=[row.as_json() for row in rows],
        disagreements=found,
    )
    if found:
        raise typer.Exit(1)


def compared(
    project: Project, names: Sequence[str], private_input: Path | None, executor: ExecutorChoice
) -> list[Row]:
    """The rows, with progress shown while they are made."""
    from zeroos_build.cli.building import shown_options
    from zeroos_build.cli.bundling import read_input
    from zeroos_build.compare import compare
    from zeroos_build.target import load_target

    for name in names:
        load_target(name)
    given = b"" if private_input is None else read_input(private_input)
    with shown_options("compare") as options:
        return compare(project, names, options, given=given, executor=executor)


def text_table(rows: Sequence[Row]) -> list[str]:
    """A line per target."""
    return output.table(_HEAD, [_cells(row) for row in rows])


def _cells(row: Row) -> tuple[str, ...]:
    digest = "-" if row.output_sha256 is None else row.output_sha256[:8]
    calls = "-" if row.syscalls is None else str(len(row.syscalls))
    return (
        row.target, row.isa, _number(row.loaded), _number(row.instructions),
        _number(row.exit_code), digest, calls, row.executor or "refused",
    )  # fmt: skip


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)


def verdict(rows: Sequence[Row], found: Sequence[str]) -> list[str]:
    """What the table does not say: refusals, failures, and whether the targets agree."""
    lines = [f"{row.target}: {row.refusal}" for row in rows if row.refusal]
    lines += [f"{row.target}: {row.message}" for row in rows if row.message]
    ran = sum(row.exit_code is not None for row in rows)
    if found:
        return [*lines, *(f"they do not agree: {words}" for words in found)]
    return [*lines, f"{ran} of {len(rows)} targets ran it, and all agree"]
