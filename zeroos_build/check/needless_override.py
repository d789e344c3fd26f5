# SPDX-License-Identifier: MIT OR Apache-2.0
"""Keys under `[target.T]` that say what holds anyway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from zeroos_build.check.subject import Finding, Subject
from zeroos_build.manifest.layers import merge, nested
from zeroos_build.manifest.model import Tables

CODE = "ZOS152"


def check(subject: Subject) -> Iterator[Finding]:
    kinds = ("target.toml", "manifest")
    below = [layer for layer in subject.layers if _kind(layer) in kinds]
    common = Tables.model_validate(nested(merge(below)))
    for layer in subject.layers:
        if _kind(layer) != "target table":
            continue
        own = Tables.model_validate(nested(layer))
        for path in layer:
            if _get(own, path) == _get(common, path):
                name = ".".join(path)
                yield Finding(path, f"`{name}` is set to what holds anyway", "remove it")


def _kind(layer: Any) -> str:
    return next((setting.origin.layer for setting in layer.values()), "")


def _get(tables: BaseModel, path: tuple[str, ...]) -> Any:
    value: Any = tables
    for part in path:
        value = value.get(part) if isinstance(value, dict) else getattr(value, part)
    return value
