# SPDX-License-Identifier: MIT OR Apache-2.0
"""The last step of a build, and `zeroos-build verify` on its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from zeroos_build import container, files
from zeroos_build.diagnostics import Diagnostic, ZeroosError, error
from zeroos_build.elf.image import Image
from zeroos_build.facts import Facts
from zeroos_build.own_handlers import check_linked
from zeroos_build.report import make_report
from zeroos_build.verify.isa import check_isa
from zeroos_build.verify.rules import check_rules
from zeroos_build.verify.thunks import check_thunks

if TYPE_CHECKING:
    from zeroos_build.target import Target


def verify(image: Image, facts: Facts) -> list[Diagnostic]:
    """Everything that is wrong with an image."""
    found = list(check_rules(image, facts))
    if facts.kernel == "linux" or any(item.code == "ZOS502" for item in found):
        return found
    return [*found, *check_isa(image, facts), *check_thunks(image, facts)]


def finish_process(facts_file: Path, linked: Path, target: Path, report: Path) -> None:
    """`finish` for a Linux executable: what it asks of the kernel is not known."""
    facts = Facts.read(facts_file)
    image = Image.read(linked)
    problems = verify(image, facts)
    if problems:
        raise ZeroosError(problems)
    unknown = {"reachable": None, "dispatched": None, "unknown_to_linux": None}
    files.write_text(report, make_report(image, facts, unknown, linked.parent))
    files.copy(linked, target)


def finish(facts_file: Path, linked: Path, scan_file: Path, target: Path, report: Path) -> None:
    """Verify the linked image and give it and its report their names."""
    facts = Facts.read(facts_file)
    image = Image.read(linked)
    problems = [*check_linked(image, facts), *verify(image, facts)]
    if problems:
        raise ZeroosError(problems)
    scan = json.loads(scan_file.read_text())
    text = make_report(image, facts, scan, linked.parent)
    files.write_text(report, text)
    if facts.container == "flat":
        files.write_bytes(target.with_suffix(container.SUFFIX), container.flat(image))
    files.copy(linked, target)


def verify_image(path: Path, target: Target | None = None) -> Facts:
    """Check a finished image against its target; raises ZOS5xx, returns what it was checked by."""
    from zeroos_build.target import load_target
    from zeroos_build.verify.note import facts_of

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
    facts = facts_of(note, target)
    problems = verify(image, facts)
    if problems:
        raise ZeroosError(problems)
    return facts
