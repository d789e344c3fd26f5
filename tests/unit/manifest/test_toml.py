# SPDX-License-Identifier: MIT OR Apache-2.0
"""The TOML reader: the same data as tomllib, with right positions."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.manifest.toml import parse

GOLDEN = Path(__file__).parents[2] / "golden" / "diagnostics"

TEXTS = [
    "",
    "# nothing\n",
    'a = 1\nb = "x"\nc = 1.5\nd = true\ne = 1979-05-27T07:32:00Z\nf = 07:32:00\n',
    'a.b.c = 1\na."d e" = 2\n[t]\nx = { y = [1, [2, 3]], z = {} }\n',
    "[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2\n[[a.e]]\n[[a]]\nb = 3\n",
    's = """one\n two\\\n  three"""\nl = \'\'\'raw\\n\'\'\'\nq = "tab\\tquote\\" \\u00e9"\n',
    "a = 0x1F\nb = -0b101 + 0\n"[:9],
    "a = [\n  1, # one\n  2,\n]\r\nb = 2\r\n",
]


@pytest.mark.parametrize("text", [*TEXTS, *(p.read_text() for p in sorted(GOLDEN.glob("*.toml")))])
def test_same_data_as_tomllib(text: str) -> None:
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(ZeroosError):
            parse(text.encode(), "zeroos.toml")
    else:
        assert parse(text.encode(), "zeroos.toml").data == expected


SAMPLE = """\
title = "x"
[abi.memory]
heap = "64MiB"
[image]
sources = ["a.c",
           "b.c"]
"quoted\\tkey" = "escaped\\tvalue"
[[abi.vfs.files]]
path = "/one"
[[abi.vfs.files]]
path = "/two"
[target.sp1]
abi.memory.stack = "1MiB"
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("title",), (1, 1, 5), (1, 9, 3)),
        (("abi",), (2, 2, 3), (2, 2, 3)),
        (("abi", "memory"), (2, 6, 6), (2, 6, 6)),
        (("abi", "memory", "heap"), (3, 1, 4), (3, 8, 7)),
        (("image", "sources", 0), (5, 12, 5), (5, 12, 5)),
        (("image", "sources", 1), (6, 12, 5), (6, 12, 5)),
        (("image", "sources"), (5, 1, 7), (5, 11, 7)),
        (("image", "quoted\tkey"), (7, 1, 13), (7, 17, 16)),
        (("abi", "vfs", "files", 0), (9, 1, 4), (9, 1, 4)),
        (("abi", "vfs", "files", 1, "path"), (11, 1, 4), (11, 8, 6)),
        (("target", "sp1", "abi", "memory", "stack"), (13, 12, 5), (13, 20, 6)),
        (("image", "not there"), (4, 2, 5), (4, 2, 5)),
    ],
)
def test_positions(
    path: tuple[str | int, ...], key: tuple[int, ...], value: tuple[int, ...]
) -> None:
    document = parse(SAMPLE.encode(), "zeroos.toml")
    for place, expected in ((document.at_key(path), key), (document.at_value(path), value)):
        assert (place.line, place.column, place.width) == expected
        assert place.text == SAMPLE.split("\n")[place.line - 1]


def test_carriage_returns_do_not_move_positions() -> None:
    document = parse(b"a = 1\r\n\r\nb = 2\r\n", "zeroos.toml")
    assert str(document.at_key(("b",))) == "zeroos.toml:3:1"
    assert document.at_key(("b",)).text == "b = 2"


def test_columns_count_characters() -> None:
    document = parse('a = { "é" = 1, b = 2 }'.encode(), "zeroos.toml")
    assert document.at_key(("a", "b")).column == 16


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a = 1\na = 2", "ZOS109", 2, 1),
        ("a = 1\na.b = 2\n", "ZOS109", 2, 1),
        ("[a]\nb = 1\n[a]\n", "ZOS109", 3, 1),
        ("a = { x = 1, x = 2 }", "ZOS109", 1, 7),
        ("a = [\n  1,\n]\na = [\n  2,\n]\n", "ZOS109", 4, 1),
        ("a = 1\n[a.b]\n", "ZOS109", 2, 1),
        ("a = ", "ZOS108", 1, 5),
        ("a = [1, 2\nb = 3\n", "ZOS108", 1, 5),
        ("a = { b = [1, 2 }\n", "ZOS108", 1, 11),
        ("a = 1\n= 2\n", "ZOS108", 2, 1),
        ('a = "x\n', "ZOS108", 1, 7),
        ("a = 99999999999999999999\n", "ZOS104", 1, 5),
        ("a = " + "9" * 5000, "ZOS108", 1, 5005),
    ],
)
def test_errors_stand_at_their_place(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(ZeroosError) as caught:
        parse(text.encode(), "zeroos.toml")
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.location is not None
    assert (diagnostic.code, diagnostic.location.line, diagnostic.location.column) == (
        code,
        line,
        column,
    )


def test_without_positions_when_the_reader_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> None:
        raise AttributeError("another release")

    monkeypatch.setattr("spanned_toml.loads", broken)
    document = parse(b"[image]\nname = 'x'\n", "zeroos.toml")
    assert document.data == {"image": {"name": "x"}}
    assert str(document.at_value(("image", "name"))) == "zeroos.toml"
