# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build size`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import ManifestOption, SetOption, TargetOption, load_project

if TYPE_CHECKING:
    from zeroos_build.measure import Sizes

By = Literal["subsystem", "library", "object", "function"]
_KINDS = ("text", "rodata", "data", "bss")


def command(
    image: Annotated[
        Path | None,
        typer.Argument(
            metavar="IMAGE",
            help="An image where its build left it. Default: build the project.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        By,
        typer.Option("--by", metavar="subsystem|library|object|function", help="What is summed."),
    ] = "subsystem",
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=0, help="Only the N largest; 0: all.")
    ] = 0,
    diff: Annotated[
        Path | None,
        typer.Option(
            "--diff",
            metavar="OLD",
            help="What changed since OLD: an image, or what `size --json` wrote.",
            show_default=False,
        ),
    ] = None,
    manifest: ManifestOption = None,
    target: TargetOption = None,
    settings: SetOption = None,
) -> None:
    """Show what an image consists of, in bytes.

    `loaded` is what the target loads from the file, `memory` what the program takes up with its
    zeroed data, `file` the size of the file with symbols and debug information. What linked parts
    do not account for is padding between them.
    """
    from zeroos_build.measure import compare, measure, read_old

    if image is None:
        from zeroos_build.cli.building import build_images

        project = load_project(manifest, target, settings=settings or ())
        (built,) = build_images(project, [project.default_target])
        image = built.image
    now = measure(image)
    if diff is not None:
        changes = compare(read_old(diff), now, by)
        if top:
            changes = changes[:top]
        rows = [(c.name, str(c.old), str(c.new), f"{c.new - c.old:+d}") for c in changes]
        lines = output.table((by.upper(), "OLD", "NEW", "CHANGE"), rows)
        output.result(lines, by=by, changes=[c.as_json() for c in changes])
        return
    output.result(_table(now, by, top), image=str(image), **now.as_json())


def _table(sizes: Sizes, by: By, top: int) -> list[str]:
    rows = sizes.by(by)
    rows = rows[:top] if top else rows
    head = (by.upper(), *(kind.upper() for kind in _KINDS), "LOADED")
    cells = [
        (row.name, *(str(row.kinds.get(kind, 0)) for kind in _KINDS), str(row.loaded))
        for row in rows
    ]
    total = (
        f"loaded {sizes.loaded} bytes, memory {sizes.memory} bytes, file {sizes.file} bytes "
        f"({sizes.file - sizes.loaded} are not loaded)"
    )
    return [*output.table(head, cells), "", total]
