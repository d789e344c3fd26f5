# SPDX-License-Identifier: MIT OR Apache-2.0
"""Texts that would cost a parser time or memory are refused in linear time."""

from __future__ import annotations

import time

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.manifest.bounds import MAX_BYTES, find_excess
from zeroos_build.manifest.toml import parse

M = MAX_BYTES


@pytest.mark.parametrize(
    "text",
    [
        'a = "' + "[" * 100 + '"',
        "a = '" + "." * 100 + "'",
        "# " + "[" * 100 + "\na = 1",
        'a = """' + "[\n" * 100 + '"""',
        'a = "\\"' + "[" * 100 + '"',
        "a = [[[[1]]]]\nb.c.d.e = 1",
        "".join(f"k{i} = {i}.5\n" for i in range(1000)),
    ],
)
def test_ordinary_texts_pass(text: str) -> None:
    assert find_excess(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * (M - 10),
        "a = " + "{a = " * (M // 5 - 10),
        "a" + ".a" * (M // 2 - 10) + " = 1",
        "[" + "a." * (M // 2 - 10) + "b]",
        "a = [" + "1," * (M // 2 - 10) + "]",
        "a = { " + "b.c = 1, " * (M // 10) + "}",
        "\n".join(f"k{i} = 1" for i in range(M // 12)),
        'a = "' + "\\n" * (M // 2 - 10),
        'a = """' + '"' * (M - 10),
        "a = '''" + "'" * (M - 10),
        '"' * (M - 1),
        "'\n" * (M // 2 - 1),
        "[a]\n" * (M // 4 - 1),
        "[[a]]\n" * (M // 6 - 1),
        "." * M,
        " " * M + "x",
        "\0" * M,
        "#" * M,
        "\n" * M,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_texts_are_quick(text: str) -> None:
    begin = time.process_time()
    try:
        parse(text.encode(), "zeroos.toml")
    except ZeroosError as problem:
        assert len(problem.diagnostics) == 1
    assert time.process_time() - begin < 4


def test_depth_through_headers_and_keys() -> None:
    header = ".".join(f"h{i}" for i in range(15))
    inline = "{ a.b.c.d.e.f.g.h = " * 4 + "1" + " }" * 4
    with pytest.raises(ZeroosError) as caught:
        parse(f"[{header}]\n{header} = {inline}".encode(), "zeroos.toml")
    assert caught.value.diagnostics[0].code == "ZOS115"
