# SPDX-License-Identifier: MIT OR Apache-2.0
"""Walks over the manifest's models: which tables and keys there are.

Dotted names, the merging of layers, did-you-mean and the reference all come from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from zeroos_build.manifest.kinds import Closed
from zeroos_build.manifest.model import Tables

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the manifest. An open table (`image.env`) is one key whose entries are free."""

    path: Names
    info: FieldInfo
    is_open: bool

    @property
    def dotted(self) -> str:
        return ".".join(self.path)


def names_of(model: type[Closed]) -> dict[str, FieldInfo]:
    """A table's keys as they are written (`from`, not `from_`)."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def inner_model(annotation: Any) -> type[Closed] | None:
    """The table behind an annotation: itself, or what a dict or tuple holds; else None."""
    if isinstance(annotation, type) and issubclass(annotation, Closed):
        return annotation
    if get_origin(annotation) is dict:
        return inner_model(get_args(annotation)[1])
    if get_origin(annotation) is tuple:
        return inner_model(get_args(annotation)[0])
    return None


def is_table(info: FieldInfo) -> bool:
    """Whether a field is a table with fixed keys."""
    return isinstance(info.annotation, type) and issubclass(info.annotation, Closed)


def walk(model: type[Closed] = Tables, prefix: Names = ()) -> Iterator[Key]:
    """All keys below a table, in the order of the models."""
    for name, info in names_of(model).items():
        path = (*prefix, name)
        inner = inner_model(info.annotation)
        if inner and is_table(info):
            yield from walk(inner, path)
        else:
            yield Key(path, info, get_origin(info.annotation) is dict)


def table_at(root: type[Closed], path: tuple[str | int, ...]) -> type[Closed] | None:
    """The model of the table at a path; None where there is none or its keys are free."""
    model: type[Closed] | None = root
    entry_of_open = False
    for part in path:
        if entry_of_open or isinstance(part, int):
            entry_of_open = False
            continue
        info = names_of(model).get(part) if model else None
        if info is None:
            return None
        entry_of_open = get_origin(info.annotation) is dict
        model = inner_model(info.annotation)
    return None if entry_of_open else model


def leaves(data: dict[str, Any], model: type[Closed] = Tables) -> Iterator[tuple[Names, Any]]:
    """The settings in a validated piece of a manifest, each with its path.

    Open tables give one setting per entry; a policy's entry is one setting as a whole.
    """
    for name, value in data.items():
        info = names_of(model)[name]
        inner = inner_model(info.annotation)
        if inner and is_table(info):
            for path, leaf in leaves(value, inner):
                yield (name, *path), leaf
        elif get_origin(info.annotation) is dict:
            for key, leaf in value.items():
                yield (name, key), leaf
        else:
            yield (name,), value


def dotted(path: tuple[str | int, ...]) -> str:
    """`("image", "sources", 0)` -> `image.sources[0]`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
