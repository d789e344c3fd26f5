# SPDX-License-Identifier: MIT OR Apache-2.0
"""`why` finds the ways into a program, `size` accounts for every byte of an image."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Cli, cli, project
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf.image import Image
from zeroos_build.measure import compare, measure, read_old
from zeroos_build.why.dot import dot_text
from zeroos_build.why.graph import Chain, Hop

__all__ = ["cli", "project"]

MAIN = """\
#include <stdio.h>
#include "other.h"

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 5)
        return other(argc);
    puts("hello");
    return 0;
}
"""
OTHER = """\
#include <unistd.h>
#include "other.h"

__attribute__((noinline)) static int quotient(int a, int b)
{
    return a / b;
}

int other(int count)
{
    return quotient((int)getppid(), count);
}
"""


@pytest.fixture
def built(project: Path, cli: Cli) -> Path:
    (project / "main.c").write_text(MAIN)
    (project / "other.c").write_text(OTHER)
    (project / "other.h").write_text("int other(int count);\n")
    (project / "zeroos.toml").write_text('[build]\ntarget = "sp1"\n')
    return project


def hops(cli: Cli, *words: str) -> list[tuple[str, str | None, int | None]]:
    data = cli("why", *words, "--json").data
    assert data["ok"]
    return [(hop["name"], hop["file"], hop["line"]) for hop in data["chains"][0]["hops"]]


def test_why(built: Path, cli: Cli) -> None:
    way = [("main", "main.c", 8), ("other", "other.c", 11)]
    assert hops(cli, "getppid")[:2] == way
    assert hops(cli, "syscall:getppid")[-1][0] == "getppid"
    assert hops(cli, "symbol:other")[0] == way[0]
    assert hops(cli, "other.c.o") == hops(cli, "object:other.c.o")
    # The division may have been inlined; its line is the same.
    assert hops(cli, "divw")[-1] in [("quotient", "other.c", 6), ("other", "other.c", 6)]
    assert hops(cli, "instruction:divw") == hops(cli, "divw")
    puts = hops(cli, "writev")
    assert puts[:2] == [("main", "main.c", 9), ("puts", None, None)]
    text = cli("why", "writev").out
    assert re.search(r"^puts +libc\.a\(stdio_puts\.o\)", text, re.M)
    assert "main.c:9" in text
    everything = cli("why", "libc.a", "--all", "--json").data
    assert everything["places"] >= len(everything["chains"]) > 5
    dot = cli("why", "writev", "--dot").out
    assert dot.startswith("digraph why {")
    assert dot.count("->") == len(puts) + (puts[-1][0] != "writev") - 1


def test_why_not(built: Path, cli: Cli) -> None:
    for word, words in (
        ("socket", "does not reach `socket`"),
        ("othr", "did you mean `other`?"),
        ("syscall:main", "nothing in the program is named `main`"),
    ):
        ended = cli("why", word)
        assert (ended.code, ended.out) == (1, "")
        assert words in ended.err


def test_the_build_is_not_disturbed(built: Path, cli: Cli) -> None:
    assert cli("build").code == 0
    image = built / "build/zeroos/sp1/hello.elf"
    before = image.read_bytes()
    cli("why", "writev")
    assert cli("build").code == 0
    assert image.read_bytes() == before


def test_size(built: Path, cli: Cli, tmp_path: Path) -> None:
    data = cli("size", "--json").data
    image = Image.read(Path(data["image"]))
    sizes = data["sizes"]
    assert sizes["file"] == len(image.data)
    assert sizes["loaded"] == sum(s.file_size for s in image.loads)
    for rows in data["by"].values():
        assert sum(row["loaded"] for row in rows) == sizes["loaded"]
        assert sum(row["memory"] for row in rows) == sizes["memory"]
    names = {what: {row["name"] for row in rows} for what, rows in data["by"].items()}
    assert {"program", "libc", "libos.vfs", "bootloader"} <= names["subsystem"]
    assert "program" not in {row["name"] for row in data["by"]["library"]}
    assert {"main.c.o", "other.c.o", "libc.a(stdio_puts.o)"} <= names["object"]
    assert {"main", "puts", "sys_writev"} <= names["function"]
    (tmp_path / "old.json").write_text(json.dumps(data))
    old = measure(Path(data["image"]))
    with (built / "other.c").open("a") as file:
        file.write("int table[500] = {1};\nint *more(void) { return table; }\n")
    (built / "main.c").write_text(MAIN.replace("return 0;", "return *more();").replace(
        "int main", "int *more(void);\nint main"))  # fmt: skip
    changes = cli("size", "--diff", str(tmp_path / "old.json"), "--by", "object", "--json").data
    by_name = {row["name"]: row["change"] for row in changes["changes"]}
    assert by_name["other.c.o"] >= 2000
    now = measure(Path(data["image"]))
    assert by_name["(all)"] == now.memory - old.memory
    assert [c.name for c in compare(read_old(Path(data["image"])), now, "function")] == ["(all)"]
    table = cli("size", "--top", "3").out.splitlines()
    assert table[0].split() == ["SUBSYSTEM", "TEXT", "RODATA", "DATA", "BSS", "LOADED"]
    assert len(table) == 6
    assert table[-1].startswith("loaded ")


def test_size_of_what_has_no_map(built: Path, cli: Cli, tmp_path: Path) -> None:
    image = Path(cli("size", "--json").data["image"])
    copy = tmp_path / "copy.elf"
    copy.write_bytes(image.read_bytes())
    for arguments, words in (
        ([str(copy)], "without the linker's map"),
        (["--diff", str(built / "main.c")], "neither an image nor"),
        (["--diff", "nothing"], "cannot read `nothing`"),
    ):
        ended = cli("size", *arguments)
        assert ended.code == 1 and words in ended.err
    (image.with_name("linked.elf")).write_bytes(b"other")
    with pytest.raises(ZeroosError, match="ZOS513"):
        measure(image)


def test_dot_quotes_what_it_is_given() -> None:
    chain = Chain('x"y', (Hop("a<b>", "lib.a(m.o)", file="a.c", line=3), Hop("c\\d", "")))
    text = dot_text([chain, chain])
    assert 'label="a<b>\\nlib.a(m.o)"' in text
    assert 'label="c\\\\d"' in text and 'label="x\\"y"' in text
    edges = [line for line in text.splitlines() if "->" in line]
    assert edges == ['  n0 -> n1 [label="a.c:3"];', "  n1 -> n2;"]


def crates() -> Iterator[tuple[str, str]]:
    yield "libguest.a(serde_json-0a1b2c3d4e5f6071.serde_json.9f8e-cgu.0.rcgu.o)", "serde_json"
    yield "libguest.a(core-0a1b2c3d4e5f6071.core.1-cgu.0.rcgu.o)", "core"
    yield "main.c.o", ""


@pytest.mark.parametrize(("owner", "crate"), list(crates()))
def test_crate(owner: str, crate: str) -> None:
    from zeroos_build.why.graph import crate_of

    assert crate_of(owner) == crate
