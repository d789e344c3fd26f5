# SPDX-License-Identifier: MIT OR Apache-2.0
"""How command lines of gcc, clang and ld are understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.wrap import options
from zeroos_build.wrap.ar import regular
from zeroos_build.wrap.command import Command, parse, parse_ld
from zeroos_build.wrap.refusals import refusals

KNOWN: dict[str, Any] = {"target": "sp1", "march": "rv64im", "mabi": "lp64", "xlen": 64}


def words(line: str) -> Command:
    return parse(line.split())


@pytest.mark.parametrize("mode", sorted(options.NO_LINK))
def test_modes_that_link_nothing_are_the_compilers(mode: str) -> None:
    command = words(f"-O2 {mode} a.c -o out -lm -L/lib -Wl,--gc-sections")
    assert not command.links
    assert command.words == ["-O2", mode, "a.c", "-o", "out"]


def test_a_link_keeps_the_order_of_what_it_takes() -> None:
    command = words("main.c -lx b.o -Wl,--whole-archive liby.a -Wl,--no-whole-archive c.S -o out")
    assert command.links
    assert command.items == [
        ("source", "0"), ("library", "x"), ("file", "b.o"), ("whole", "+"), ("file", "liby.a"),
        ("whole", "-"), ("source", "1"),
    ]  # fmt: skip
    assert command.sources == [("", "main.c"), ("", "c.S")]
    assert command.output == "out"


def test_a_language_holds_until_the_next_one() -> None:
    command = words("-x c a.txt -x none b.o -xc++ - -o p")
    assert command.sources == [("c", "a.txt"), ("c++", "-")]
    assert command.items == [("source", "0"), ("file", "b.o"), ("source", "1")]
    assert command.flags == []


@pytest.mark.parametrize(
    "flag", ["-I", "-D", "-include", "-isystem", "-MF", "-MT", "-Xclang", "--param"]
)
def test_values_are_no_inputs(flag: str) -> None:
    command = words(f"{flag} value.c main.c -o p")
    assert command.sources == [("", "main.c")]
    assert command.flags == [flag, "value.c"]


@pytest.mark.parametrize(
    "line",
    ["-Wl,-rpath,/lib", "-Wl,-rpath -Wl,/lib", "-Xlinker -rpath -Xlinker /lib", "-rpath /lib"],
)
def test_a_value_may_stand_in_a_word_of_its_own(line: str) -> None:
    command = words(f"main.o {line} other.o")
    assert command.items == [("file", "main.o"), ("file", "other.o")]
    assert command.ld == command.refused == []


def test_options_that_change_the_program_reach_the_linker() -> None:
    command = words("a.o -Wl,--wrap=malloc,--defsym=x=1 -u f -Wl,-u,g -Wl,-Map,m.txt")
    assert command.ld == ["--wrap=malloc", "--defsym=x=1", "-u", "f", "-u", "g"]
    assert command.map == "m.txt"


def test_settings_have_a_dot_and_the_linkers_words_have_none() -> None:
    command = words(
        "a.o -z abi.random.source=deny -z now -Wl,-z,relro -Wl,-z,abi.time.epoch=7"
        " -z stack-size=65536"
    )
    assert command.settings == ["abi.random.source=deny", "abi.time.epoch=7"]
    assert command.stack == "65536"
    assert command.refused == []


@pytest.mark.parametrize("flag", sorted(options.IGNORED))
def test_what_is_true_of_every_image_is_accepted(flag: str) -> None:
    command = words(f"{flag} a.c -o p")
    assert command.flags == command.refused == []


@pytest.mark.parametrize(
    "flag",
    "-shared -flto -flto=thin -nostdlib -nostartfiles -pg --coverage -fsanitize=address -fopenmp"
    " --sysroot=/x -Tscript.ld -Wl,-T,x.ld -Wl,--section-start=a=1 -Wl,--unknown -Wl,-z,unknown"
    " -Wl,-shared -specs=x -mcpu=sifive-u74 -emit-llvm -stdlib=libstdc++".split(),
)  # fmt: skip
def test_what_no_image_can_be_is_refused(flag: str) -> None:
    command = words(f"{flag} a.o -o p")
    with pytest.raises(ZeroosError) as caught:
        refusals(command, KNOWN)
    assert [item.code for item in caught.value.diagnostics] == ["ZOS131"]


def test_a_sanitizer_that_traps_needs_no_runtime() -> None:
    command = words("-fsanitize=undefined -fsanitize-trap=all a.c")
    assert command.refused == []
    assert command.flags == ["-fsanitize=undefined", "-fsanitize-trap=all"]


@pytest.mark.parametrize(
    ("flag", "suits"),
    [
        ("-mabi=lp64", True), ("-mabi=lp64d", False), ("-march=rv64im", True),
        ("-march=rv64imac_zicsr", True), ("-march=rv64gc", False), ("-march=rv64imafdc", False),
        ("-march=rv32im", False), ("-march=rv64im_zba", False), ("-mcmodel=medany", True),
        ("-mcmodel=medlow", False), ("-m64", True), ("-m32", False),
        ("--target=riscv64-linux-musl", True), ("--target=x86_64-linux-gnu", False),
        ("-Wl,-m,elf64lriscv", True), ("-Wl,-m,elf32lriscv", False),
    ],
)  # fmt: skip
def test_the_machine_is_the_targets(flag: str, suits: bool) -> None:
    command = words(f"{flag} a.c")
    if suits:
        refusals(command, KNOWN)
        return
    with pytest.raises(ZeroosError) as caught:
        refusals(command, KNOWN)
    assert [item.code for item in caught.value.diagnostics] == ["ZOS132"]


def test_response_files_are_read_in_place(tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner", tmp_path / "outer"
    inner.write_text('-DNAME="a b"\n')
    outer.write_text(f"-O2 @{inner} 'my file.c'")
    command = parse([f"@{outer}", "-o", "p", "@missing"])
    assert command.flags == ["-O2", "-DNAME=a b"]
    assert command.sources == [("", "my file.c")]
    assert command.items[-1] == ("file", "@missing")


@pytest.mark.parametrize("line", ["-Wl,--version", "-Wl,-v"])
def test_questions_to_the_linker(line: str) -> None:
    command = words(line)
    assert command.asks_linker
    assert not command.links


def test_the_linkers_own_command_line() -> None:
    command = parse_ld(
        "-m elf64lriscv -o out a.o -L dir -lx --start-group b.a --end-group -O1".split()
    )
    assert command.items == [("file", "a.o"), ("library", "x"), ("file", "b.a")]
    assert (command.output, command.search, command.refused) == ("out", ["dir"], [])


def test_one_object_from_several() -> None:
    assert parse_ld("-r -o all.o a.o b.o".split()).relocatable
    assert words("-r -nostdlib -o all.o a.o").relocatable


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("csrDT lib.a T.o", "csrD lib.a T.o"),
        ("--thin rcs lib.a a.o", "rcs lib.a a.o"),
        ("rcs lib.a", "rcs lib.a"),
        ("--version", "--version"),
    ],
)
def test_archives_hold_their_members(given: str, wanted: str) -> None:
    assert regular(given.split()) == wanted.split()
