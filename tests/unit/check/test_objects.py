# SPDX-License-Identifier: MIT OR Apache-2.0
"""Each rule for objects: one that it finds fault with, and one that it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.objects import assemble
from zeroos_build.check import rules
from zeroos_build.check.files import lint_given, lint_objects
from zeroos_build.diagnostics import Diagnostic, catalogue
from zeroos_build.elf.archive import write
from zeroos_build.manifest import load

PLAIN = '.globl f\nf: ret\n.section .note.GNU-stack,"",@progbits\n'
LARGE = "".join(
    f".globl g{i}\n.type g{i}, @function\ng{i}:\n.fill 600, 4, 0x13\n" for i in range(8)
)
SPLIT = LARGE.replace(".globl", '.section .text.g, "ax", @progbits, unique, 1\n.globl', 1)


def other(text: str) -> bytes:
    """An object whose only symbol is another one than that of `PLAIN`."""
    return assemble(PLAIN.replace("f", "h") + text)


def broken() -> bytes:
    return assemble(PLAIN)[:200]


def slim() -> bytes:
    return assemble(".data\n.comm __gnu_lto_slim, 1, 1\n")


# Code, the objects of `image.objects`, and which of them are reported.
CASES = [
    ("ZOS450", lambda: [assemble(PLAIN), assemble(PLAIN, march="rv32im", mabi="ilp32")], [1]),
    ("ZOS450", lambda: [assemble(PLAIN, march="rv64imfd", mabi="lp64d")], [0]),
    ("ZOS450", lambda: [broken()], [0]),
    ("ZOS450", lambda: [write([("a.o", broken(), []), ("b.o", assemble(PLAIN), [])])], [0]),
    ("ZOS450", lambda: [assemble(PLAIN)], []),
    ("ZOS451", lambda: [b"BC\xc0\xde" + bytes(40)], [0]),
    ("ZOS451", lambda: [slim()], [0]),
    ("ZOS451", lambda: [assemble(PLAIN)], []),
    ("ZOS452", lambda: [assemble(PLAIN, march="rv64imafd")], [0]),
    ("ZOS452", lambda: [assemble(PLAIN, march="rv64im_zbb")], [0]),
    ("ZOS452", lambda: [assemble(PLAIN, march="rv64imac_zicsr_zifencei")], []),
    ("ZOS453", lambda: [assemble(PLAIN.replace('"",', '"x",'))], [0]),
    ("ZOS453", lambda: [assemble(PLAIN)], []),
    ("ZOS454", lambda: [assemble(PLAIN), other(""), assemble(PLAIN)], [2]),
    ("ZOS454", lambda: [assemble(PLAIN), assemble(PLAIN.replace(".globl", ".weak"))], []),
    ("ZOS454", lambda: [write([("a.o", assemble(PLAIN), ["f"])]), assemble(PLAIN)], []),
    ("ZOS455", lambda: [other(".globl memcpy\n.text\nmemcpy: ret\n")], [0]),
    ("ZOS455", lambda: [other(".weak memcpy\n.text\nmemcpy: ret\n.quad malloc\n")], []),
    ("ZOS456", lambda: [assemble(LARGE)], [0]),
    ("ZOS456", lambda: [assemble(SPLIT.replace("600", "400"))], []),
]


def found_in(directory: Path, objects: list[bytes]) -> list[Diagnostic]:
    """What the rules say of `image.objects` on a target without A and C."""
    names = [f"given{index}.o" for index in range(len(objects))]
    for name, data in zip(names, objects, strict=True):
        (directory / name).write_bytes(data)
    text = "[image]\nsources = []\nobjects = [\n" + "".join(f'  "{n}",\n' for n in names) + "]\n"
    (directory / "zeroos.toml").write_text(text)
    project = load(directory, env={})
    return lint_given(project, project.resolve("sp1"))


@pytest.mark.parametrize(("code", "make", "which"), CASES)
def test_rule(tmp_path: Path, code: str, make: object, which: list[int]) -> None:
    objects = make()  # type: ignore[operator]
    found = [d for d in found_in(tmp_path, objects) if d.code == code]
    # The entries of `objects` begin in line 4.
    assert [d.location.line - 4 for d in found if d.location] == which
    assert all(d.help and f"given{which[0]}.o" in d.message for d in found)


@pytest.mark.parametrize(("code", "make", "which"), CASES)
def test_files_on_the_command_line(
    tmp_path: Path, code: str, make: object, which: list[int]
) -> None:
    files = []
    for index, data in enumerate(make()):  # type: ignore[operator]
        files.append(tmp_path / f"given{index}.o")
        files[-1].write_bytes(data)
    found = [d for d in lint_objects(files, "sp1") if d.code == code]
    assert [d.location.file for d in found if d.location] == [str(files[i]) for i in which]


def test_each_rule_has_cases_and_a_page() -> None:
    known = {c for c, entry in catalogue().items() if entry.default and "ZOS450" <= c < "ZOS460"}
    assert {rule.CODE for rule in rules("objects")} == known
    assert {code for code, _, which in CASES if which} == known
    assert {code for code, _, which in CASES if not which} == known


def test_an_object_that_is_not_there_yet_is_left_alone(tmp_path: Path) -> None:
    text = '[image]\nsources = []\nobjects = ["later.o"]\n'
    (tmp_path / "zeroos.toml").write_text(text)
    project = load(tmp_path, env={})
    resolved, wrong = project.try_resolve("sp1", need_objects=False)
    assert not wrong
    assert lint_given(project, resolved) == []
