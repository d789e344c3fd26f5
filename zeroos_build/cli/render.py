# SPDX-License-Identifier: MIT OR Apache-2.0
"""How diagnostics look: text on stderr, one JSON object on stdout, annotations for CI."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from zeroos_build.diagnostics import Diagnostic, Location

SCHEMA = 1

_STYLES = {"error": "1;31", "warning": "1;33", "note": "1;36", "help": "1;32", "gutter": "1;34"}
# A line of the manifest is shown within this many characters around its caret.
_WINDOW = 100


def use_color(stream: TextIO, mode: str, env: Mapping[str, str] = os.environ) -> bool:
    """Whether to color: `--color`, then NO_COLOR, FORCE_COLOR, CLICOLOR, the terminal."""
    if mode != "auto":
        return mode == "always"
    if env.get("NO_COLOR"):
        return False
    if env.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    if env.get("CLICOLOR") == "0" or env.get("TERM") == "dumb":
        return False
    return stream.isatty()


def format_text(diagnostic: Diagnostic, color: bool = False) -> str:
    """One diagnostic as compilers print it, ending in a newline."""
    severity, place = diagnostic.severity, diagnostic.location
    head = _paint(f"{severity}[{diagnostic.code}]", severity, color)
    lines = [f"{head}: {_paragraph(diagnostic.message, 4)}"]
    gutter = " " * len(str(place.line)) if place and place.line else " "
    if place is not None:
        lines += _place_lines(place, gutter, severity, color)
    for word, text in _remarks(diagnostic):
        mark = _paint("=", "gutter", color)
        indent = len(gutter) + len(word) + 5
        lines.append(f"{gutter} {mark} {_paint(word, word, color)}: {_paragraph(text, indent)}")
    return "\n".join(lines) + "\n"


def _remarks(diagnostic: Diagnostic) -> Iterable[tuple[str, str]]:
    for note in diagnostic.notes:
        yield "note", note
    if diagnostic.help:
        yield "help", diagnostic.help


def _place_lines(place: Location, gutter: str, severity: str, color: bool) -> list[str]:
    arrow, bar = _paint("-->", "gutter", color), _paint("|", "gutter", color)
    lines = [f"{gutter}{arrow} {_visible(str(place))}"]
    if not place.text and not place.column:
        return lines
    text, column, width = _window(place)
    before = _expand(text[:column])
    marked = _expand(text[column : column + width]) or " "
    number = _paint(str(place.line), "gutter", color) if place.line else gutter
    caret = _paint("^" * _cells(marked), severity, color)
    lines.append(f"{gutter} {bar}")
    lines.append(f"{number} {bar} {_expand(text)}".rstrip())
    lines.append(f"{gutter} {bar} {' ' * _cells(before)}{caret}")
    return lines


def _window(place: Location) -> tuple[str, int, int]:
    """The part of a long line around its caret: text, column from 0, width."""
    column = max(place.column - 1, 0)
    width = max(1, min(place.width, _WINDOW // 2))
    if len(place.text) <= _WINDOW:
        return place.text, column, width
    start = max(0, min(column - _WINDOW // 4, len(place.text) - _WINDOW))
    text = place.text[start : start + _WINDOW]
    if start:
        text = "..." + text[3:]
    if start + _WINDOW < len(place.text):
        text = text[:-3] + "..."
    return text, column - start, width


def _paragraph(text: str, indent: int) -> str:
    """A text of one or more lines; those after the first are indented."""
    return ("\n" + " " * indent).join(map(_visible, text.split("\n")))


def _expand(text: str) -> str:
    return _visible(text.replace("\t", "    "))


def _visible(text: str) -> str:
    """Control characters as escapes: a hostile file must not drive the terminal."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c == " " else c.encode("unicode_escape").decode("ascii")
        for c in text
    )


def _cells(text: str) -> int:
    """Columns that a text takes on a terminal."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    marks = sum(unicodedata.combining(c) != 0 for c in text)
    return len(text) + wide - marks


def _paint(text: str, style: str, color: bool) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if color else text


def format_github(diagnostic: Diagnostic) -> str:
    """A workflow annotation, ending in a newline."""

    def escape(text: str, more: str = "") -> str:
        text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        for character in more:
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    kind = {"error": "error", "warning": "warning", "note": "notice"}[diagnostic.severity]
    fields = []
    if diagnostic.location:
        fields.append("file=" + escape(diagnostic.location.file, ",:"))
        if diagnostic.location.line:
            fields.append(f"line={diagnostic.location.line}")
            fields.append(f"col={diagnostic.location.column}")
    fields.append(f"title={diagnostic.code}")
    lines = [diagnostic.message, *(f"{w}: {t}" for w, t in _remarks(diagnostic))]
    return f"::{kind} {','.join(fields)}::{escape(chr(10).join(lines))}\n"


def json_text(ok: bool, diagnostics: Iterable[Diagnostic] = (), **payload: Any) -> str:
    """The one JSON object of a command, ending in a newline."""
    found = [diagnostic.as_json() for diagnostic in diagnostics]
    return json.dumps({"schema": SCHEMA, "ok": ok, **payload, "diagnostics": found}) + "\n"


def print_text(diagnostics: Sequence[Diagnostic]) -> None:
    """Diagnostics on stderr, and once where to read more."""
    from zeroos_build.cli import settings

    write_text(diagnostics, use_color(sys.stderr, settings.current.color))


def write_text(diagnostics: Sequence[Diagnostic], color: bool) -> None:
    """`print_text` for who has no global options."""
    sys.stdout.flush()
    for diagnostic in diagnostics:
        sys.stderr.write(format_text(diagnostic, color) + "\n")
    codes = list(dict.fromkeys(diagnostic.code for diagnostic in diagnostics))
    if codes and codes != ["ZOS100"]:
        also = f" (also {', '.join(codes[1:])})" if len(codes) > 1 else ""
        sys.stderr.write(f"more: zeroos-build explain {codes[0]}{also}\n")
    sys.stderr.flush()


def fail(diagnostics: Sequence[Diagnostic], command: str | None) -> None:
    """What a command that failed says, in the form that was asked for."""
    from zeroos_build.cli import settings

    if settings.current.json:
        # The guest owns stdout of `run`.
        stream = sys.stderr if command == "run" else sys.stdout
        stream.write(json_text(False, diagnostics))
        stream.flush()
    else:
        print_text(diagnostics)


def show_traceback(problem: BaseException) -> None:
    """With ZEROOS_DEBUG=1: where in the tool it happened."""
    if os.environ.get("ZEROOS_DEBUG", "0") not in ("", "0"):
        import traceback

        traceback.print_exception(problem)
