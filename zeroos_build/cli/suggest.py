# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build suggest`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zeroos_build.cli import output
from zeroos_build.cli.building import shown_options
from zeroos_build.cli.options import ManifestOption, TargetOption, load_project
from zeroos_build.diagnostics import ZeroosError, error

if TYPE_CHECKING:
    from zeroos_build.manifest import Project
    from zeroos_build.scan import Scan

# What a suggestion may mend: calls without a handler, subsystems that are not listed, and calls
# that no image provides.
_MENDED = frozenset({"ZOS440", "ZOS441", "ZOS445"})


def command(
    manifest: ManifestOption = None,
    target: TargetOption = None,
    record: Annotated[
        list[Path] | None,
        typer.Option("--record", metavar="FILE", help="What a run met, from `run --record`."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Change the manifest; comments and order stay.")
    ] = False,
) -> None:
    """Propose the smallest manifest for a project.

    Policies for the system calls that it reaches and that have no handler, no policies for those
    that it does not reach, and no more subsystems than it needs where they are listed.
    """
    from zeroos_build import files
    from zeroos_build.manifest.toml import parse
    from zeroos_build.suggest import edit, propose

    records = [_read(path) for path in record or ()]
    project = load_project(manifest, target)
    found = _scan(project)
    changes = propose(found, _policies(project, found), records)
    text = edit(project.document, changes)
    lines = [
        f"{'.'.join(change.key)}: {'remove it' if change.text is None else change.text}"
        f"  # {change.why}"
        for change in changes
    ]
    if changes and write:
        parse(text.encode(), project.document.file)
        path = project.file or project.directory / "zeroos.toml"
        files.write_text(path, text)
        lines.append(f"wrote {path}")
    output.result(
        lines or ["nothing to change"],
        changes=[{"key": list(c.key), "text": c.text, "why": c.why} for c in changes],
    )


def _policies(project: Project, found: Scan) -> dict[str, str]:
    """The manifest's policies: its name of each call, and that of the call's spec."""
    from zeroos_build.spec import load_specs

    specs, facts = load_specs(), found.facts
    linux = specs.linux[f"rv{facts.xlen}"]
    return {
        name: facts.linux.get(linux.get(name, -1), name) for name in project.resolve().abi.policy
    }


def _scan(project: Project) -> Scan:
    """What the program can reach; every other error of the build is one here too."""
    from zeroos_build.build import plan_build, run_plan
    from zeroos_build.elf.image import Image
    from zeroos_build.scan import scan

    with shown_options("suggest") as options:
        plan = plan_build(project.resolve(), options)
        try:
            run_plan(plan, options)
        except ZeroosError as problem:
            if not {item.code for item in problem.diagnostics} & _MENDED:
                raise
    return scan(Image.read(plan.directory / "probe.elf"), plan.facts)


def _read(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text("utf-8"))
        if record["schema"] == 1 and all(
            isinstance(row["name"], str) for row in record["syscalls"]
        ):
            return dict(record)
        reason = "it is of another version"
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
    except (ValueError, KeyError, TypeError):
        reason = "it is no record of a run"
    raise error(
        "ZOS703", f"cannot use the record `{path}`: {reason}",
        help="make it with `zeroos-build run --record FILE`",
    )  # fmt: skip
