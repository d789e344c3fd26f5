# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import SetOption, TargetOption, load_project, usage_error
from zeroos_build.diagnostics import Diagnostic, ZeroosError

if TYPE_CHECKING:
    from zeroos_build.manifest import Project, Resolved

_SIZES = ("abi.memory.heap", "abi.memory.stack")

Format = Literal["text", "json", "sarif", "github"]


def command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            help="Manifests, objects, archives and images. Default: zeroos.toml here.",
            show_default=False,
        ),
    ] = None,
    resolved: Annotated[
        bool, typer.Option("--resolved", help="Print each value with its origin.")
    ] = False,
    build: Annotated[
        bool,
        typer.Option("--build", help="Build, and check also what the images reach and cost."),
    ] = False,
    target: TargetOption = None,
    settings: SetOption = None,
    form: Annotated[
        Format,
        typer.Option("--format", metavar="text|json|sarif|github", help="The form of findings."),
    ] = "text",
) -> None:
    """Check manifests, objects and images, and print what holds for a target.

    Checks every target that a manifest names, or the one of `-t`, and runs the lint rules. An
    image is checked by the manifest that it was built with; objects need `-t`. Exits with the
    code of the first error, and with 0 if there are only warnings.
    """
    from zeroos_build.check.files import is_code
    from zeroos_build.cli import settings as global_settings

    if form == "json":
        global_settings.current.json = True
    code = [file for file in files or () if is_code(file)]
    manifests: list[Path | None] = [file for file in files or () if file not in code]
    if resolved and len(files or ()) > 1:
        raise usage_error("`--resolved` takes one manifest")
    found: dict[Diagnostic, None] = {}
    seen: list[tuple[Project, list[Resolved]]] = []
    for manifest in manifests or ([] if code else [None]):
        try:
            project = load_project(manifest, target, settings=settings or ())
            names = [project.default_target] if target else project.named_targets()
            problems, checked = _examine(project, names, build=build)
            found.update(dict.fromkeys(problems))
            seen.append((project, checked))
        except ZeroosError as problem:
            found.update(dict.fromkeys(problem.diagnostics))
    if code:
        found.update(dict.fromkeys(_examine_code(code, target)))
    _report(list(found), seen, code, form, resolved)


def _examine(
    project: Project, names: list[str], *, build: bool
) -> tuple[list[Diagnostic], list[Resolved]]:
    from zeroos_build.check import lint, once
    from zeroos_build.check.files import lint_given

    found: dict[Diagnostic, None] = {}
    checked, good = [], []
    for name in names:
        # Objects may come from another build system that has not run yet.
        one, wrong = project.try_resolve(name, need_objects=build)
        found.update(dict.fromkeys(wrong))
        checked.append(one)
        if not wrong:
            good.append(one)
    found.update(dict.fromkeys(lint(project, checked)))
    found.update(dict.fromkeys(once(lint_given(project, one) for one in checked)))
    if build:
        found.update(dict.fromkeys(once(_build(project, one) for one in good)))
    return list(found), checked


def _build(project: Project, resolved: Resolved) -> list[Diagnostic]:
    from zeroos_build.build import plan_build, run_plan
    from zeroos_build.check.built import lint_built, lint_failed
    from zeroos_build.cli.building import shown_options

    with shown_options("check") as options:
        plan = plan_build(resolved, options)
        try:
            run_plan(plan, options)
        except ZeroosError as problem:
            return lint_failed(project, resolved, plan.directory, problem)
        return lint_built(project, resolved, plan.directory)


def _examine_code(files: list[Path], target: str | None) -> list[Diagnostic]:
    from zeroos_build.check.files import is_image, lint_image_file, lint_objects
    from zeroos_build.target import load_target

    found: list[Diagnostic] = []
    objects = [file for file in files if not is_image(file)]
    if objects and target is None:
        raise usage_error("objects are checked for a target", "name it with `-t`")
    for file in files:
        if file not in objects:
            found += lint_image_file(file, load_target(target) if target else None)
    return found + (lint_objects(objects, target) if objects and target else [])


def _report(
    found: list[Diagnostic],
    seen: list[tuple[Project, list[Resolved]]],
    code: list[Path],
    form: Format,
    resolved: bool,
) -> None:
    """Say what was found, and end as the worst of it wants."""
    errors = [diagnostic for diagnostic in found if diagnostic.severity == "error"]
    # Errors come first: they decide the exit code.
    ordered = errors + [diagnostic for diagnostic in found if diagnostic.severity != "error"]
    if form in ("github", "sarif"):
        sys.stdout.write(_document(ordered, form))
        if errors:
            raise typer.Exit(ZeroosError(ordered).exit_code)
        return
    if errors:
        raise ZeroosError(ordered)
    checked = [one for _, some in seen for one in some]
    shown = checked[:1] if resolved else []
    lines = [line for one in shown for line in _table(one)]
    if not lines:
        single = len(seen) + len(code) == 1
        lines = [_summary(project, some, _of(found, project, single)) for project, some in seen]
        lines += [f"{file}: {_count([d for d in found if _file(d) == str(file)])}" for file in code]
    payload = {"resolved": {one.target.name: _values(one) for one in shown}} if resolved else {}
    targets = list(dict.fromkeys(one.target.name for one in checked))
    output.result(lines, found, targets=targets, **payload)


def _document(found: list[Diagnostic], form: Format) -> str:
    if form == "sarif":
        from zeroos_build.cli.sarif import sarif_text

        return sarif_text(found)
    from zeroos_build.cli.render import format_github

    return "".join(map(format_github, found))


def _summary(project: Project, checked: list[Resolved], found: list[Diagnostic]) -> str:
    targets = ", ".join(one.target.name for one in checked)
    return f"{project.document.file}: {_count(found)} ({targets})"


def _of(found: list[Diagnostic], project: Project, single: bool) -> list[Diagnostic]:
    """Findings of one project: all, if there is one only; its sources lie around its manifest."""
    around = Path(project.document.file).parent
    return [d for d in found if single or around in Path(_file(d)).parents]


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.location.file if diagnostic.location else ""


def _count(found: list[Diagnostic]) -> str:
    return f"{len(found)} warning{'s' if len(found) != 1 else ''}" if found else "ok"


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
