# SPDX-License-Identifier: MIT OR Apache-2.0
"""Layers of settings: where a value can come from, and which one holds.

From the strongest: command line, environment, `[target.T]`, manifest, target.toml, default.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from zeroos_build.diagnostics import Location
from zeroos_build.manifest.fields import Names, leaves
from zeroos_build.manifest.wording import Path, Places

LayerName = Literal["flag", "environment", "target table", "manifest", "target.toml", "default"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a resolved value comes from: the layer, and the place or name in it."""

    layer: LayerName
    where: str = ""

    def __str__(self) -> str:
        return self.where or self.layer


@dataclass(frozen=True, slots=True)
class Setting:
    """A value with its origin; `places` and `prefix` find it and its parts in a text."""

    value: Any
    origin: Origin
    places: Places | None = None
    prefix: Names = ()

    def place(self, path: Path) -> Location:
        """Where the part at `path` (a whole path, from the top of the tables) stands."""
        if self.places is None:
            return Location(self.origin.where or self.origin.layer)
        return self.places.at_value((*self.prefix, *path))


Layer = dict[Names, Setting]


def file_layer(data: dict[str, Any], name: LayerName, places: Places, prefix: Names = ()) -> Layer:
    """The settings of a table of the manifest, each with its file:line:column."""
    layer: Layer = {}
    for path, value in leaves(data):
        origin = Origin(name, str(places.at_key((*prefix, *path))))
        layer[path] = Setting(value, origin, places, prefix)
    return layer


def merge(layers: Iterable[Layer]) -> Layer:
    """One layer of the strongest settings; `layers` go from the weakest to the strongest."""
    merged: Layer = {}
    for layer in layers:
        merged.update(layer)
    return merged


def nested(flat: Layer) -> dict[str, Any]:
    """The settings as the tables of a manifest."""
    data: dict[str, Any] = {}
    for path, setting in flat.items():
        table = data
        for part in path[:-1]:
            table = table.setdefault(part, {})
        table[path[-1]] = setting.value
    return data


def find(layer: Layer, path: Path) -> Setting | None:
    """The setting that `path` is, or is a part of."""
    names = tuple(str(part) for part in path)
    for end in range(len(names), 0, -1):
        setting = layer.get(names[:end])
        if setting is not None:
            return setting
    return None
