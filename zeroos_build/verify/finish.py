# SPDX-License-Identifier: MIT OR Apache-2.0
"""The last step of a build, and `zeroos-build verify` on its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zeroos_build import files
from zeroos_build.diagnostics import Diagnostic, ZeroosError, error
from zeroos_build.elf.image import Image
from zeroos_build.facts import Facts, Policy
from zeroos_build.report import make_report
from zeroos_build.verify.handlers import check_handlers
from zeroos_build.verify.isa import check_isa
from zeroos_build.verify.rules import check_rules
from zeroos_build.verify.thunks import check_thunks

if TYPE_CHECKING:
    from zeroos_build.target import Target


def verify(image: Image, facts: Facts) -> list[Diagnostic]:
    """Everything that is wrong with an image."""
    found = list(check_rules(image, facts))
    if any(item.code == "ZOS502" for item in found):
        return found
    return [*found, *check_isa(image, facts), *check_thunks(image, facts)]


def finish(facts_file: Path, linked: Path, scan_file: Path, target: Path, report: Path) -> None:
    """Verify the linked image and give it and its report their names."""
    facts = Facts.read(facts_file)
    image = Image.read(linked)
    problems = [*check_handlers(facts, linked.parent), *verify(image, facts)]
    if problems:
        raise ZeroosError(problems)
    scan = json.loads(scan_file.read_text())
    text = make_report(image, facts, scan, linked.parent)
    files.write_text(report, text)
    files.copy(linked, target)


def _policy(note: dict[str, Any] | None) -> dict[str, Policy]:
    """The policies that an image was built with decide what is right in it."""
    rows = (note or {}).get("policy")
    found = {}
    for name, row in rows.items() if isinstance(rows, dict) else ():
        if isinstance(row, list) and len(row) == 2 and isinstance(row[0], str):
            found[str(name)] = Policy(row[0], row[1] if isinstance(row[1], int) else None, "")
    return found


def _handlers(note: dict[str, Any] | None) -> dict[str, tuple[int, str]]:
    """Calls with handlers of the project's own: number and kind."""
    rows = (note or {}).get("handlers")
    found = {}
    for name, row in rows.items() if isinstance(rows, dict) else ():
        if isinstance(row, list) and len(row) == 2 and isinstance(row[0], int):
            found[str(name)] = (row[0], str(row[1]))
    return found


def verify_image(path: Path, target: Target | None = None) -> Facts:
    """Check a finished image against its target; raises ZOS5xx, returns what it was checked by."""
    from zeroos_build.bare import bare_facts, with_own_handlers
    from zeroos_build.target import load_target

    image = Image.read(path)
    note = image.note
    if target is None:
        if note is None or not isinstance(note.get("target"), str):
            raise error(
                "ZOS512",
                f"`{path}` does not say which target it is for",
                help="name it: `zeroos-build verify -t TARGET`",
            )
        target = load_target(note["target"])
    elif note is not None and note.get("target") != target.name:
        raise error(
            "ZOS507",
            f"`{path}` was built for {note.get('target')}, not for {target.name}",
            help=f"build it again with `-t {target.name}`",
        )
    facts = with_own_handlers(bare_facts(str(target.directory), _policy(note)), _handlers(note))
    problems = verify(image, facts)
    if problems:
        raise ZeroosError(problems)
    return facts
