# SPDX-License-Identifier: MIT OR Apache-2.0
"""TOML with positions: the only module that knows the parser.

`spanned_toml` is a fork of the parser that became `tomllib`, so both accept the same texts; a test
holds them equal. `tomllib` words the syntax errors, and serves without positions if the fork fails.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

import spanned_toml
from spanned_toml._types import Spanned

from zeroos_build.diagnostics import Location, error
from zeroos_build.manifest.bounds import (
    MAX_BYTES,
    MAX_DEPTH,
    Excess,
    find_excess,
    string_start,
    unclosed,
)

Path = tuple[str | int, ...]
Span = tuple[int, int]


def _contains(self: Spanned[Any], key: object) -> bool:
    return key in self.inner()


# Without it, `in` falls back to a walk over all keys, and a table of n keys costs n * n steps.
Spanned.__contains__ = _contains  # type: ignore[operator]


@dataclass(slots=True)
class Document:
    """A parsed file: plain data, and where each key and value stands in the text.

    Paths are tuples of keys and list indices: `("image", "sources", 0)`.
    """

    file: str
    text: str
    data: dict[str, Any]
    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)

    def at_key(self, path: Path) -> Location:
        """Where the last key of `path` stands; else the nearest place that encloses it."""
        for end in range(len(path), 0, -1):
            span = self.keys.get(path[:end]) or self.values.get(path[:end])
            if span:
                return self.locate(*span)
        return Location(self.file)

    def at_value(self, path: Path) -> Location:
        """Where the value at `path` stands; a table with a header of its own is at its key."""
        span = self.values.get(path)
        return self.locate(*span) if span else self.at_key(path)

    def locate(self, start: int, end: int) -> Location:
        """The location of a span of the text; more than one line is cut to the first."""
        first = self.text.rfind("\n", 0, start) + 1
        if self.text[end - 1 : end] == '"':
            # The parser counts a string with escapes from behind the last one.
            start = string_start(self.text, first, end) or start
        last = self.text.find("\n", start)
        line = self.text[first:] if last < 0 else self.text[first:last]
        column = start - first
        width = max(1, min(end - start, len(line) - column))
        return Location(self.file, self.text.count("\n", 0, start) + 1, column + 1, line, width)


def parse(raw: bytes, file: str) -> Document:
    """Parse a TOML file. `file` is the name that errors show.

    Raises ZOS108 for text that is not TOML, ZOS109 for a key or table that is given twice and
    ZOS115 for bytes that cannot be a manifest at all.
    """
    if len(raw) > MAX_BYTES:
        raise error(
            "ZOS115",
            f"`{file}` is larger than {MAX_BYTES >> 20} MiB",
            location=Location(file),
            help="name another file: a manifest holds settings, embedded files stay outside of it",
        )
    if raw.startswith(b"\xef\xbb\xbf"):
        raise _unreadable(Location(file, 1), f"`{file}` begins with a byte order mark")
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        before = raw[: problem.start].decode("utf-8").replace("\r\n", "\n").split("\n")
        rest = raw[problem.start :].partition(b"\n")[0].decode("utf-8", "replace")
        place = Location(file, len(before), len(before[-1]) + 1, before[-1] + rest)
        raise _unreadable(place, f"`{file}` is not UTF-8") from problem
    document = Document(file, text, {})
    excess = find_excess(text)
    if excess is not None:
        raise _excessive(document, excess)
    try:
        tree = spanned_toml.loads(text)
    except (ValueError, RecursionError) as problem:
        raise _syntax_error(document) from problem
    except Exception:
        document.data = tomllib.loads(text)
        return document
    document.data = _unspan(document, tree, ())
    return document


def _unspan(document: Document, node: Any, path: Path) -> Any:
    """Plain data of a Spanned tree; records the spans on the way."""
    if len(path) > MAX_DEPTH:
        place = document.at_key(path)
        raise error("ZOS115", f"keys are nested deeper than {MAX_DEPTH}", location=place)
    inner = node.inner()
    span = node.span()
    if span.stop and path:
        document.values[path] = (span.start, span.stop)
    if isinstance(inner, dict):
        table = {}
        for key, value in inner.items():
            name = key.inner()
            here = (*path, name)
            document.keys[here] = (key.span().start, key.span().stop)
            table[name] = _unspan(document, value, here)
        if path and isinstance(path[-1], int) and path not in document.values and table:
            # An element of an array of tables has no span; its first key stands for it.
            document.values[path] = document.keys[(*path, next(iter(table)))]
        return table
    if isinstance(inner, list):
        return [_unspan(document, item, (*path, index)) for index, item in enumerate(inner)]
    if isinstance(inner, int) and not -(2**63) <= inner < 2**63:
        place = document.at_value(path)
        raise error("ZOS104", "the integer does not fit into 64 bits", location=place)
    return inner


def _unreadable(place: Location, message: str) -> Exception:
    return error(
        "ZOS115",
        message,
        location=place,
        help="save the manifest as plain UTF-8 text without a byte order mark",
    )


def _excessive(document: Document, excess: Excess) -> Exception:
    return error(
        "ZOS115",
        excess.message,
        location=document.locate(excess.offset, excess.offset + 1),
        notes=["no manifest needs that; it is refused before it costs time or memory"],
    )


_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TWICE = re.compile(r"Cannot declare \((.*?),?\) twice|Duplicate inline table key (.*)")
_BARE = re.compile(r"[A-Za-z./~][^\s,\]}#]*")
_STATEMENT = re.compile(r"\s*(?:([^=#\[\]{}\s][^=#\[\]{}]*?)\s*=|(\[\[?[^\]]*\]\]?))")


def _syntax_error(document: Document) -> Exception:
    """What `tomllib` says of the text, in our words and with its line."""
    try:
        tomllib.loads(document.text)
    except tomllib.TOMLDecodeError as problem:
        words = str(problem)
    except (ValueError, RecursionError) as problem:
        words = "a number has too many digits" if isinstance(problem, ValueError) else str(problem)
    else:
        words = "this text cannot be parsed"
    match = _POSITION.search(words)
    words = words[: match.start()] if match else words
    lines = document.text.split("\n")
    if match and match[1]:
        line, column = int(match[1]), int(match[2])
    else:
        line = len(lines) - (lines[-1] == "" and len(lines) > 1)
        column = len(lines[line - 1]) + 1
    if words == "Cannot overwrite a value" or _TWICE.match(words):
        return _given_twice(document.file, lines, line, _TWICE.match(words))
    offset = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
    at_end = match is None or not match[1]
    bracket = unclosed(document.text, offset)
    if bracket is not None and (at_end or words == "Unclosed array"):
        return error(
            "ZOS108",
            f"this is not TOML: the `{document.text[bracket]}` is not closed",
            location=document.locate(bracket, bracket + 1),
        )
    place = Location(document.file, line, column, lines[line - 1])
    bare = _BARE.match(lines[line - 1], column - 1) if words == "Invalid value" else None
    return error(
        "ZOS108",
        f"this is not TOML: {words[:1].lower()}{words[1:]}",
        location=place,
        help=f'strings stand in quotes: `"{bare[0]}"`' if bare else None,
    )


def _given_twice(file: str, lines: list[str], line: int, named: re.Match[str] | None) -> Exception:
    """The parser stops behind the second value; its key stands there or some lines before."""
    if named and named[2]:
        name = named[2].strip("'")
    else:
        while line > 1 and not _STATEMENT.match(lines[line - 1]):
            line -= 1
        statement = _STATEMENT.match(lines[line - 1])
        name = (statement[1] or statement[2]) if statement else lines[line - 1].strip()
    text = lines[line - 1]
    earlier = (n for n in range(line - 1, 0, -1) if _names(lines[n - 1], name))
    first = next(earlier, None)
    return error(
        "ZOS109",
        f"`{name}` is given twice",
        location=Location(file, line, max(text.find(name), 0) + 1, text, len(name)),
        notes=[f"the first one stands in line {first}"] if first else (),
        help="keep one of them",
    )


def _names(line: str, name: str) -> bool:
    statement = _STATEMENT.match(line)
    return statement is not None and name in (statement[1], statement[2])
