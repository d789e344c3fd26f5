# SPDX-License-Identifier: MIT OR Apache-2.0
"""Linting of files that a command names, and of the objects that a manifest names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zeroos_build.check import run_rules
from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError
from zeroos_build.manifest.project import Project, Resolved

if TYPE_CHECKING:
    from zeroos_build.target import Target

_MAGICS = (b"\x7fELF", b"!<arch>\n", b"!<thin>\n", b"BC\xc0\xde")
_EXECUTABLE = 2


def is_code(file: Path) -> bool:
    """Whether a file is an object, an archive or an image; all others are manifests."""
    try:
        with file.open("rb") as stream:
            return stream.read(8).startswith(_MAGICS)
    except OSError:
        return False


def is_image(file: Path) -> bool:
    """Whether a file is a linked program."""
    with file.open("rb") as stream:
        head = stream.read(18)
    return head[:4] == b"\x7fELF" and int.from_bytes(head[16:18], "little") == _EXECUTABLE


def lint_given(project: Project, resolved: Resolved) -> list[Diagnostic]:
    """What the rules find in the objects that a manifest names, as far as they are there."""
    if not resolved.image.objects:
        return []
    from zeroos_build.check.given import GivenObjects

    return list(run_rules("objects", GivenObjects(project, resolved)))


def lint_objects(files: Sequence[Path], target: str) -> list[Diagnostic]:
    """What the rules find in objects and archives that will be linked together for a target."""
    from zeroos_build.check.given import GivenObjects

    project = _project_of(files[0])
    resolved, _ = project.try_resolve(target, need_objects=False)
    return list(run_rules("objects", GivenObjects(project, resolved, files)))


def lint_image_file(file: Path, target: Target | None) -> list[Diagnostic]:
    """What is wrong with a finished image: by its target's rules, and by its manifest's if the
    build that made it lies around it.
    """
    from zeroos_build.check.built import built_from, lint_built
    from zeroos_build.verify import verify_image

    found: list[Diagnostic] = []
    try:
        verify_image(file, target)
    except ZeroosError as problem:
        found += [_placed(diagnostic, file) for diagnostic in problem.diagnostics]
    built = built_from(file)
    return [*found, *lint_built(*built)] if built else found


def _placed(diagnostic: Diagnostic, file: Path) -> Diagnostic:
    from dataclasses import replace

    return diagnostic if diagnostic.location else replace(diagnostic, location=Location(str(file)))


def _project_of(file: Path) -> Project:
    """An empty manifest, in whose place a file stands."""
    from zeroos_build.manifest.model import Manifest
    from zeroos_build.manifest.toml import Document

    document = Document(str(file), "", {})
    return Project(file.absolute().parent, None, Manifest(), document, document, {})
