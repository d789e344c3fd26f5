# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a rule for manifests sees, and what every rule says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from zeroos_build.diagnostics import Location
from zeroos_build.manifest.layers import Layer, find, merge, nested
from zeroos_build.manifest.model import Tables
from zeroos_build.manifest.project import Project, Resolved

Block = Literal["manifest", "objects", "image"]
Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a key, and one fix. `key` may go on into an array.

    `place` is where the mistake stands if that is not the key's value in the manifest.
    """

    key: Key
    message: str
    help: str
    notes: tuple[str, ...] = ()
    place: Location | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A key under `[target.T]`: its path, the value there and the one that holds without it."""

    path: tuple[str, ...]
    own: Any
    common: Any


class Subject:
    """A project as one target sees it."""

    def __init__(self, project: Project, resolved: Resolved) -> None:
        self.project = project
        self.resolved = resolved
        self.layers: list[Layer] = project.layers(resolved.target, resolved.reference)
        self.settings = merge(self.layers)

    def is_set(self, *key: str) -> bool:
        """Whether something other than a default sets a key."""
        return key in self.settings

    def place(self, key: Key) -> Location:
        """Where the setting that holds stands."""
        setting = find(self.settings, key)
        if setting is None:
            return Location(self.project.document.file)
        return setting.place(key)

    def shown(self, file: Path | str) -> str:
        """A file of the project as it is named from the current directory."""
        path = self.project.directory / file
        try:
            return str(path.relative_to(Path.cwd()))
        except ValueError:
            return str(path)

    def flags(self, *keys: str) -> Iterator[tuple[Key, str]]:
        """Each option of `[image]` in these lists, with its key; all lists if none is named."""
        for key in keys or ("cflags", "cxxflags", "ldflags"):
            for index, flag in enumerate(getattr(self.resolved.image, key)):
                yield ("image", key, index), flag

    @cached_property
    def overrides(self) -> list[Override]:
        """What `[target.T]` sets for this target."""
        below = [layer for layer in self.layers if _kind(layer) in ("target.toml", "manifest")]
        common = Tables.model_validate(nested(merge(below)))
        found = []
        for layer in self.layers:
            if _kind(layer) == "target table":
                own = Tables.model_validate(nested(layer))
                found += [Override(path, _get(own, path), _get(common, path)) for path in layer]
        return found


def _kind(layer: Layer) -> str:
    return next((setting.origin.layer for setting in layer.values()), "")


def _get(tables: Any, path: tuple[str, ...]) -> Any:
    value = tables
    for part in path:
        value = value.get(part) if isinstance(value, dict) else getattr(value, part)
    return value
