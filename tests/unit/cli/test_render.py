# SPDX-License-Identifier: MIT OR Apache-2.0
"""How diagnostics look."""

from __future__ import annotations

import io
import json

import pytest

from zeroos_build.cli.render import format_github, format_text, json_text, use_color
from zeroos_build.diagnostics import Diagnostic, Location


def _at(text: str, column: int, width: int = 1, line: int = 3) -> list[str]:
    place = Location("a.toml", line, column, text, width)
    return format_text(Diagnostic("ZOS101", "bad", place)).split("\n")


def test_everything() -> None:
    place = Location("zeroos.toml", 12, 8, 'heap = "64MB"', 6)
    diagnostic = Diagnostic("ZOS102", "bad size", place, ("one", "two\nlines"), "write")
    assert format_text(diagnostic) == (
        "error[ZOS102]: bad size\n"
        "  --> zeroos.toml:12:8\n"
        "   |\n"
        '12 | heap = "64MB"\n'
        "   |        ^^^^^^\n"
        "   = note: one\n"
        "   = note: two\n"
        "           lines\n"
        "   = help: write\n"
    )


def test_places_without_a_line() -> None:
    plain = format_text(Diagnostic("ZOS102", "bad", Location("zeroos.toml")))
    assert plain == "error[ZOS102]: bad\n --> zeroos.toml\n"
    setting = Location("--set", 0, 1, "a=1", 3)
    assert format_text(Diagnostic("ZOS102", "bad", setting)) == (
        "error[ZOS102]: bad\n --> --set\n  |\n  | a=1\n  | ^^^\n"
    )
    assert format_text(Diagnostic("ZOS102", "bad")) == "error[ZOS102]: bad\n"


@pytest.mark.parametrize(
    ("text", "column", "width", "caret"),
    [
        ("\tx = 1", 2, 1, "    ^"),
        ("\tx\ty", 4, 1, "         ^"),
        ("日本 = 1", 1, 2, "^^^^"),
        ("日本 = 1", 6, 1, "       ^"),
        ("e\u0301 = 1", 6, 1, "    ^"),
        ("\x1b[2J = 1", 8, 1, "          ^"),
        ("", 1, 1, "^"),
        ("ab", 3, 1, "  ^"),
    ],
)
def test_the_caret_stands_under_its_text(text: str, column: int, width: int, caret: str) -> None:
    assert _at(text, column, width)[4] == "  | " + caret


def test_long_lines_are_cut_around_the_caret() -> None:
    lines = _at("x" * 5000 + "HERE" + "y" * 5000, 5001, 4)
    assert len(lines[3]) < 120
    start = lines[4].index("^")
    assert lines[3][start : start + 4] == "HERE"


def test_control_characters_do_not_reach_the_terminal() -> None:
    place = Location("a\x1b[2J.toml", 1, 1, "k\x07\x1b]0;x = 1")
    diagnostic = Diagnostic("ZOS101", "no key `\x1b[31m\x00`", place, ("\x1b[1m",), "\x9b5m")
    assert all(c.isprintable() or c == "\n" for c in format_text(diagnostic))


def test_colour_changes_no_word() -> None:
    diagnostic = Diagnostic("ZOS101", "bad", Location("a", 1, 1, "x"), ("n",), "h", "warning")
    colored = format_text(diagnostic, color=True)
    assert "\x1b[1;33mwarning[ZOS101]\x1b[0m" in colored
    import re

    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == format_text(diagnostic)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("mode", "terminal", "env", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "0"}, False),
        ("auto", True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", True, {"CLICOLOR": "0"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_when_to_color(mode: str, terminal: bool, env: dict[str, str], expected: bool) -> None:
    stream = _Terminal() if terminal else io.StringIO()
    assert use_color(stream, mode, env) is expected


def test_github_annotations_escape_what_ends_them() -> None:
    place = Location("a,b:c.toml", 2, 3, "x")
    diagnostic = Diagnostic("ZOS101", "100% bad\nreally", place, (), "do", "warning")
    assert format_github(diagnostic) == (
        "::warning file=a%2Cb%3Ac.toml,line=2,col=3,title=ZOS101::100%25 bad%0Areally%0Ahelp: do\n"
    )
    assert format_github(Diagnostic("ZOS101", "x", severity="note")) == (
        "::notice title=ZOS101::x\n"
    )


def test_json_has_the_same_words() -> None:
    diagnostic = Diagnostic("ZOS101", "bad", Location("a", 1, 2, "xyz", 2), ("n",), "h")
    data = json.loads(json_text(False, [diagnostic], more=1))
    assert (data["schema"], data["ok"], data["more"]) == (1, False, 1)
    assert Diagnostic.from_json(data["diagnostics"][0]) == diagnostic
