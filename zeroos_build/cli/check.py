# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import SetOption, TargetOption, load_project
from zeroos_build.diagnostics import Diagnostic, ZeroosError

if TYPE_CHECKING:
    from zeroos_build.manifest import Project, Resolved

_SIZES = ("abi.memory.heap", "abi.memory.stack")

Format = Literal["text", "json", "github"]


def command(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The manifest. Default: zeroos.toml here."),
    ] = None,
    resolved: Annotated[
        bool, typer.Option("--resolved", help="Print each value with its origin.")
    ] = False,
    target: TargetOption = None,
    settings: SetOption = None,
    form: Annotated[
        Format,
        typer.Option("--format", metavar="text|json|github", help="The form of the findings."),
    ] = "text",
) -> None:
    """Check a manifest, and print what holds for a target.

    Checks every target that the manifest names, or the one of `-t`, and runs the lint rules.
    """
    from zeroos_build.cli import settings as global_settings

    if form == "json":
        global_settings.current.json = True
    try:
        project = load_project(file, target, settings=settings or ())
        names = [project.default_target] if target else project.named_targets()
        found, checked = _examine(project, names)
    except ZeroosError as problem:
        if form == "github":
            _annotate(problem.diagnostics)
            raise typer.Exit(problem.exit_code) from problem
        raise
    if form == "github":
        _annotate(found)
    errors = [diagnostic for diagnostic in found if diagnostic.severity == "error"]
    if errors:
        # Errors come first: they decide the exit code.
        ordered = errors + [diagnostic for diagnostic in found if diagnostic not in errors]
        if form == "github":
            raise typer.Exit(ZeroosError(ordered).exit_code)
        raise ZeroosError(ordered)
    shown = checked[:1] if resolved else []
    lines = [line for one in shown for line in _table(one)]
    if not lines and form != "github":
        lines = [_summary(project, checked, found)]
    payload = {"resolved": {one.target.name: _values(one) for one in shown}} if resolved else {}
    output.result(
        lines,
        found if form != "github" else (),
        targets=[one.target.name for one in checked],
        **payload,
    )


def _examine(project: Project, names: list[str]) -> tuple[list[Diagnostic], list[Resolved]]:
    from zeroos_build.check import lint

    found: dict[Diagnostic, None] = {}
    checked = []
    for name in names:
        # Objects may come from another build system that has not run yet.
        one, wrong = project.try_resolve(name, need_objects=False)
        found.update(dict.fromkeys(wrong))
        checked.append(one)
    found.update(dict.fromkeys(lint(project, checked)))
    return list(found), checked


def _annotate(found: list[Diagnostic] | tuple[Diagnostic, ...]) -> None:
    from zeroos_build.cli.render import format_github

    for diagnostic in found:
        sys.stdout.write(format_github(diagnostic))


def _summary(project: Project, checked: list[Resolved], found: list[Diagnostic]) -> str:
    targets = ", ".join(one.target.name for one in checked)
    warnings = f"{len(found)} warning{'s' if len(found) != 1 else ''}" if found else "ok"
    return f"{project.document.file}: {warnings} ({targets})"


def _values(one: Resolved) -> dict[str, object]:
    return {
        key: {
            "value": value,
            "origin": {"layer": one.origins[key].layer, "where": one.origins[key].where},
        }
        for key, value in one.values().items()
    }


def _table(one: Resolved) -> list[str]:
    from zeroos_build.manifest.wording import shown
    from zeroos_build.sizes import format_size

    rows = []
    for key, value in one.values().items():
        if key in _SIZES and isinstance(value, int):
            value = format_size(value)
        text = "-" if value is None else shown(value)
        rows.append((key, text, str(one.origins[key])))
    return output.table(("KEY", "VALUE", "ORIGIN"), rows)
