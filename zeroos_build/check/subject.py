# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a lint rule sees, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from zeroos_build.diagnostics import Location
from zeroos_build.manifest.layers import Layer, find, merge
from zeroos_build.manifest.project import Project, Resolved


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a key, and one fix. `key` may go on into an array."""

    key: tuple[str | int, ...]
    message: str
    help: str
    notes: tuple[str, ...] = ()


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

    def place(self, key: tuple[str | int, ...]) -> Location:
        """Where the setting that holds stands."""
        setting = find(self.settings, key)
        if setting is None:
            return Location(self.project.document.file)
        return setting.place(key)
