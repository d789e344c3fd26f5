# SPDX-License-Identifier: MIT OR Apache-2.0
"""From a model's complaint to a diagnostic: what is wrong, at which key, and one fix."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Protocol

from pydantic import ValidationError

from zeroos_build.diagnostics import Diagnostic, Location
from zeroos_build.manifest.fields import dotted, names_of, table_at
from zeroos_build.manifest.kinds import Closed
from zeroos_build.manifest.suggest import did_you_mean, for_unknown_key

Path = tuple[str | int, ...]

# More findings than this say nothing new about one file.
MAX_FINDINGS = 100


class Places(Protocol):
    """Where the keys and values of a layer stand."""

    def at_key(self, path: Path) -> Location: ...

    def at_value(self, path: Path) -> Location: ...


def findings(
    problem: ValidationError, root: type[Closed], places: Places
) -> list[tuple[Path, Diagnostic]]:
    """One diagnostic for each error, with the path of what must be taken out to go on."""
    found = []
    for item in problem.errors(include_url=False)[:MAX_FINDINGS]:
        path, is_key = _clean(item["loc"])
        found.append((path, _word(item, path, is_key, root, places)))
    return found


def _clean(loc: Path) -> tuple[Path, bool]:
    """Without the marks that pydantic puts between our own names."""
    is_key = bool(loc) and loc[-1] == "[key]"
    parts = [p for p in loc if p not in ("[key]", "<auto>", "<list>")]
    return tuple(parts), is_key


def _word(
    item: Mapping[str, Any], path: Path, is_key: bool, root: type[Closed], places: Places
) -> Diagnostic:
    kind, name = item["type"], dotted(path)
    context = item.get("ctx", {})
    place = places.at_key(path) if is_key else places.at_value(path)
    if kind == "zeroos":
        message = context["message"]
        if "`" + name + "`" not in message and not is_key:
            message = f"`{name}`: {message}"
        return Diagnostic(context["code"], message, place, (), context["help"] or None)
    if kind == "extra_forbidden":
        return _unknown_key(path, root, places)
    if kind == "missing":
        return _missing(path, root, places)
    if kind == "literal_error":
        accepted = _accepted(context["expected"])
        got = item["input"]
        if isinstance(got, str) or not any(isinstance(a, str) for a in accepted):
            return Diagnostic(
                "ZOS104",
                f"`{name}` cannot be {shown(got)}",
                place,
                (f"accepted: {', '.join(shown(a) for a in accepted)}",),
                did_you_mean(str(got), [str(a) for a in accepted]),
            )
        fix = f"write {shown(str(got))}" if str(got) in accepted else None
        return _wrong_type(name, "a string", got, place, fix)
    words = _TYPES.get(kind)
    if words:
        return _wrong_type(name, words, item["input"], place, _type_fix(words, item["input"]))
    if kind in ("greater_than_equal", "less_than_equal", "less_than", "greater_than"):
        bound = " and ".join(f"{_SIGNS[key]} {value}" for key, value in context.items())
        message = f"`{name}` is {item['input']}, but must be {bound}"
        return Diagnostic("ZOS104", message, place)
    return Diagnostic("ZOS104", f"`{name}`: {item['msg'].lower()}", place)


_SIGNS = {"ge": ">=", "le": "<=", "lt": "<", "gt": ">"}
_TYPES = {
    "string_type": "a string",
    "int_type": "an integer",
    "bool_type": "a boolean",
    "tuple_type": "an array",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}


def _wrong_type(
    name: str, wanted: str, got: object, place: Location, fix: str | None
) -> Diagnostic:
    message = f"`{name}` must be {wanted}, but this is {type_name(got)}"
    return Diagnostic("ZOS104", message, place, (), fix)


def _type_fix(wanted: str, got: object) -> str | None:
    if wanted == "an array" and isinstance(got, str):
        return f"write [{shown(got)}]"
    if wanted == "a string" and isinstance(got, int | float) and not isinstance(got, bool):
        return f"write {shown(str(got))}"
    if wanted == "an integer" and isinstance(got, str) and got.isascii() and got.isdigit():
        return f"write {got} without quotes"
    return None


def _unknown_key(path: Path, root: type[Closed], places: Places) -> Diagnostic:
    model = table_at(root, path[:-1]) or root
    where = f"`[{dotted(path[:-1])}]`" if len(path) > 1 else "the manifest"
    return Diagnostic(
        "ZOS101",
        f"{where} has no key `{path[-1]}`",
        places.at_key(path),
        ("a key that nothing reads would be a setting that silently does not hold",),
        for_unknown_key(model, path) or "remove it",
    )


def _missing(path: Path, root: type[Closed], places: Places) -> Diagnostic:
    table, key = dotted(path[:-1]), path[-1]
    place = places.at_value(path[:-1])
    if key == "reason":
        return Diagnostic(
            "ZOS105",
            f"`{table}` has no `reason`",
            place,
            ("the report lists each policy with its reason, so that a reviewer can judge it",),
            'add `reason = "..."`',
        )
    model = table_at(root, path[:-1])
    info = names_of(model).get(str(key)) if model else None
    notes = (info.description,) if info and info.description else ()
    return Diagnostic("ZOS104", f"`{table}` has no `{key}`", place, notes, f"add `{key} = ...`")


def _accepted(expected: str) -> list[str | int]:
    """pydantic's "'a', 'b' or 'c'" as values."""
    words = expected.replace(" or ", ", ").split(", ")
    return [w[1:-1] if w.startswith("'") else int(w) for w in words]


def shown(value: object) -> str:
    """A value as TOML writes it, cut to a length that fits a line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        text = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    elif isinstance(value, list | tuple):
        text = "[" + ", ".join(shown(v) for v in value[:20]) + "]"
    elif isinstance(value, dict):
        text = "{ " + ", ".join(f"{k} = {shown(v)}" for k, v in value.items()) + " }"
    else:
        text = str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def type_name(value: object) -> str:
    """TOML's word for the type of a parsed value."""
    kinds: list[tuple[Any, str]] = [
        (bool, "a boolean"),
        (str, "a string"),
        (int, "an integer"),
        (float, "a float"),
        (list, "an array"),
        (dict, "a table"),
        (datetime.date, "a date"),
        (datetime.time, "a time"),
    ]
    return next((word for kind, word in kinds if isinstance(value, kind)), "something else")
