# SPDX-License-Identifier: MIT OR Apache-2.0
"""Validation that goes on: every error is found, and what is left is still a manifest."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from zeroos_build.diagnostics import Diagnostic, Location
from zeroos_build.manifest.kinds import Closed
from zeroos_build.manifest.wording import MAX_FINDINGS, Path, Places, findings

M = TypeVar("M", bound=Closed)


@dataclass(slots=True)
class Checked(Generic[M]):
    """A model of all that is right, and the findings on the rest.

    `places` finds the parts of `data` in the text; `left_out` are the paths of what went.
    """

    model: M
    data: dict[str, Any]
    places: Places
    found: list[Diagnostic] = field(default_factory=list)
    left_out: list[Path] = field(default_factory=list)


class _Thinned:
    """Places of data that lost elements of arrays: the others still know where they stand."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.kept: dict[Path, list[int]] = {}

    def original(self, path: Path) -> Path:
        parts: list[str | int] = []
        for index, part in enumerate(path):
            kept = self.kept.get(path[:index]) if isinstance(part, int) else None
            parts.append(kept[part] if kept and isinstance(part, int) else part)
        return tuple(parts)

    def remove(self, path: Path, length: int) -> None:
        index = path[-1]
        assert isinstance(index, int)
        self.kept.setdefault(path[:-1], list(range(length))).pop(index)

    def at_key(self, path: Path) -> Location:
        return self.places.at_key(self.original(path))

    def at_value(self, path: Path) -> Location:
        return self.places.at_value(self.original(path))


def validate(data: dict[str, Any], root: type[M], places: Places) -> Checked[M]:
    """Validate `data`; wrong parts are reported and taken out until the rest is right."""
    data = copy.deepcopy(data)
    thinned = _Thinned(places)
    found: list[Diagnostic] = []
    left_out: list[Path] = []
    while len(found) < MAX_FINDINGS:
        try:
            return Checked(root.model_validate(data), data, thinned, found, left_out)
        except ValidationError as problem:
            wrong = findings(problem, root, thinned)
        for path, diagnostic in wrong:
            # A table that lost a wrong key may now be incomplete: that is no second error.
            whole = thinned.original(path)
            if not any(out[: len(whole)] == whole for out in left_out):
                found.append(diagnostic)
        removable = {_removable(data, path) for path, _ in wrong}
        if () in removable:
            break
        left_out += [thinned.original(path) for path in removable]
        # From the back, so that the indices of what is still to be removed stay right.
        for path in sorted(removable, key=_order, reverse=True):
            _remove(data, path, thinned)
    return Checked(root(), {}, thinned, found, [()])


def _removable(data: dict[str, Any], path: Path) -> Path:
    """The nearest part around `path` that can go: an element, a key, or an incomplete table."""
    node: Any = data
    for depth, part in enumerate(path):
        if isinstance(part, int) or not isinstance(node.get(part), dict | list):
            whole = path[: depth + 1]
            missing = not isinstance(part, int) and part not in node
            return path[:depth] if missing else whole
        node = node[part]
    return path


def _remove(data: dict[str, Any], path: Path, thinned: _Thinned) -> None:
    node: Any = data
    for part in path[:-1]:
        node = node[part]
    if isinstance(node, list):
        thinned.remove(path, len(node))
    del node[path[-1]]


def _order(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((part, "") if isinstance(part, int) else (0, part) for part in path)
