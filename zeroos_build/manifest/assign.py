# SPDX-License-Identifier: MIT OR Apache-2.0
"""Settings from outside the file: `--set KEY=VALUE`, `ZEROOS_SET` and their kin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError
from zeroos_build.manifest.fields import Names, leaves
from zeroos_build.manifest.layers import Layer, LayerName, Origin, Setting
from zeroos_build.manifest.model import Tables
from zeroos_build.manifest.suggest import did_you_mean, key_names
from zeroos_build.manifest.toml import Document, parse
from zeroos_build.manifest.validate import Checked, validate

# Words of a setting list: blanks separate, except inside quotes.
_WORD = re.compile(r"(?:[^\s\"']|\"(?:[^\"\\]|\\.)*+\"|'[^']*+')++")
_BARE_VALUE = re.compile(r"[^\s\"'\[\]{}#=,]+")


@dataclass(frozen=True, slots=True)
class Assignment:
    """`key = text` as someone wrote it in `source`: "--set", "ZEROOS_SET", "--toolchain"."""

    key: str
    text: str
    source: str

    def place(self) -> Location:
        """For diagnostics: no file, but the words that were written."""
        words = f"{self.key}={self.text}"
        return Location(self.source, 0, 1, words, len(words))

    def at_key(self, path: tuple[str | int, ...]) -> Location:
        return self.place()

    def at_value(self, path: tuple[str | int, ...]) -> Location:
        return self.place()


def split_settings(text: str, source: str) -> list[Assignment]:
    """The KEY=VALUE words of an environment variable."""
    words = _WORD.findall(text)
    if "".join(words) != "".join(text.split()) and _WORD.sub("", text).strip():
        raise ZeroosError([_malformed(text, source, "a quote is not closed")])
    return [split_setting(word, source) for word in words]


def split_setting(word: str, source: str) -> Assignment:
    """One KEY=VALUE word."""
    key, equals, text = word.partition("=")
    if not equals or not key.strip():
        raise ZeroosError([_malformed(word, source, "it is not of the form KEY=VALUE")])
    return Assignment(key.strip(), text.strip(), source)


def _malformed(word: str, source: str, why: str) -> Diagnostic:
    return Diagnostic(
        "ZOS112",
        f"`{word}` sets nothing: {why}",
        Location(source, 0, 1, word, len(word)),
        (),
        f"write for example `{source}{'=' if source.isupper() else ' '}abi.memory.heap=64MiB`",
    )


def assignment_layer(
    assignments: Iterable[Assignment], layer: LayerName
) -> tuple[Layer, list[Diagnostic]]:
    """The settings of one layer; a later assignment to the same key wins."""
    settings: Layer = {}
    found: list[Diagnostic] = []
    for assignment in assignments:
        try:
            checked = _read(assignment)
        except ZeroosError as problem:
            found += problem.diagnostics
            continue
        found += checked.found
        for path, value in leaves(checked.data if not checked.found else {}):
            settings[path] = Setting(value, Origin(layer, assignment.source), assignment)
    return settings, found


def _read(assignment: Assignment) -> Checked[Tables]:
    path = _key_path(assignment)
    candidates: list[Any] = []
    value = _toml_value(assignment.text)
    if value is not None:
        candidates.append(value)
    if _BARE_VALUE.fullmatch(assignment.text):
        candidates.append(assignment.text)
    if not candidates:
        why = "the value is neither TOML nor a bare word"
        raise ZeroosError([_malformed(_word(assignment), assignment.source, why)])
    results = []
    for candidate in candidates:
        data: Any = candidate
        for part in reversed(path):
            data = {part: data}
        checked = validate(data, Tables, assignment)
        if not checked.found:
            return checked
        results.append(checked)
    first = results[0]
    unknown = first.found[0]
    if unknown.code == "ZOS101" and len(path) > 1:
        better = did_you_mean(".".join(path), key_names())
        if better:
            first.found[0] = Diagnostic(
                unknown.code, unknown.message, unknown.location, unknown.notes, better
            )
    return first


def _word(assignment: Assignment) -> str:
    return f"{assignment.key}={assignment.text}"


def _one_line(text: str) -> dict[str, Any] | None:
    """A TOML text of one line as data; None where it is not TOML."""
    if "\n" in text or "\r" in text:
        return None
    try:
        document: Document = parse(text.encode("utf-8", "surrogatepass"), "")
    except ZeroosError:
        return None
    return document.data


def _key_path(assignment: Assignment) -> Names:
    data: Any = _one_line(f"{assignment.key} = 0")
    path: list[str] = []
    while isinstance(data, Mapping) and len(data) == 1:
        part, data = next(iter(data.items()))
        path.append(part)
    if data != 0 or not path:
        why = "the key is not a dotted TOML key"
        raise ZeroosError([_malformed(_word(assignment), assignment.source, why)])
    if path[0] == "target":
        why = "a setting from outside holds for every target that is built"
        raise ZeroosError([_malformed(_word(assignment), assignment.source, why)])
    return tuple(path)


def _toml_value(text: str) -> Any:
    data = _one_line(f"value = {text}")
    return data["value"] if data is not None and list(data) == ["value"] else None
