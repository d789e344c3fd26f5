# SPDX-License-Identifier: MIT OR Apache-2.0
"""Validation that goes on: every error is found, and what is left is still a manifest."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from zeroos_build.diagnostics import Diagnostic
from zeroos_build.manifest.kinds import Closed
from zeroos_build.manifest.wording import MAX_FINDINGS, Path, Places, findings

M = TypeVar("M", bound=Closed)


@dataclass(slots=True)
class Checked(Generic[M]):
    """A model of all that is right, the findings on the rest, and the paths that were left out."""

    model: M
    data: dict[str, Any]
    found: list[Diagnostic] = field(default_factory=list)
    left_out: list[Path] = field(default_factory=list)

    def knows(self, path: Path) -> bool:
        """Whether a finding about `path` would not just repeat that something was left out."""
        return not any(path[: len(out)] == out for out in self.left_out)


def validate(data: dict[str, Any], root: type[M], places: Places) -> Checked[M]:
    """Validate `data`; wrong parts are reported and taken out until the rest is right."""
    data = copy.deepcopy(data)
    found: list[Diagnostic] = []
    left_out: list[Path] = []
    while len(found) < MAX_FINDINGS:
        try:
            return Checked(root.model_validate(data), data, found, left_out)
        except ValidationError as problem:
            for path, diagnostic in findings(problem, root, places):
                found.append(diagnostic)
                left_out.append(_take_out(data, path))
    return Checked(root(), {}, found, [()])


def _take_out(data: dict[str, Any], path: Path) -> Path:
    """Delete what stands at `path`, or the nearest thing around it; gives the path that went.

    A list goes as a whole: the places of its other elements must not shift.
    """
    end = next((i for i, part in enumerate(path) if isinstance(part, int)), len(path))
    path = path[:end]
    table: Any = data
    for depth, part in enumerate(path):
        if depth == len(path) - 1 or not isinstance(table.get(part), dict):
            if part in table:
                del table[part]
                return path[: depth + 1]
            # A missing key: its table is incomplete and goes.
            return _take_out(data, path[:depth]) if depth else path
        table = table[part]
    return path
