# SPDX-License-Identifier: MIT OR Apache-2.0
"""Bounds that keep a hostile manifest from costing time or memory, checked before parsing.

TOML parsers recurse into brackets and do quadratic work on dotted keys, so both are counted
with one linear pass over the tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_KEY_PARTS = 16
MAX_ITEMS = 20_000

# Possessive quantifiers: an unterminated string runs to its line's or the file's end and is
# never tried again from its second character.
_TOKEN = re.compile(
    r"""
      \"{3}(?:[^"\\]++|\\.|"(?!""))*+(?:"{3})?
    | '{3}(?:[^']++|'(?!''))*+(?:'{3})?
    | "(?:[^"\\\n]++|\\.)*+"?
    | '[^'\n]*+'?
    | \#[^\n]*+
    | [\[\]{}.,=\n]
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Excess:
    """A bound that is exceeded: the offset where, and the words for it."""

    offset: int
    message: str


def find_excess(text: str) -> Excess | None:
    """The first place where a text goes beyond the bounds, or None."""
    depth = parts = items = 0
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark in "[{":
            depth += 1
            parts = 0
            if depth > MAX_DEPTH:
                return Excess(match.start(), f"brackets are nested deeper than {MAX_DEPTH}")
        elif mark in "]}":
            depth = max(0, depth - 1)
        elif mark == ".":
            parts += 1
            if parts >= MAX_KEY_PARTS:
                return Excess(match.start(), f"a key has more than {MAX_KEY_PARTS} parts")
        elif mark in ",=\n":
            parts = 0
            items += mark != "\n"
            if items > MAX_ITEMS:
                return Excess(match.start(), f"there are more than {MAX_ITEMS} values")
    return None


def string_start(text: str, line_start: int, end: int) -> int | None:
    """Where the string that ends at `end` begins, reading from the start of its line."""
    for match in _TOKEN.finditer(text, line_start, end):
        if match.end() == end and match[0][0] in "\"'":
            return match.start()
    return None


def unclosed(text: str, end: int) -> int | None:
    """The last bracket before `end` that is not closed there."""
    stack = []
    for match in _TOKEN.finditer(text, 0, end):
        if match[0] in "[{":
            stack.append(match.start())
        elif match[0] in "]}" and stack:
            stack.pop()
    return stack[-1] if stack else None
