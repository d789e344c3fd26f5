# SPDX-License-Identifier: MIT OR Apache-2.0
"""Archives: GNU and BSD names, thin ones, and ones that lie."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf.archive import members, write
from zeroos_build.toolchain.zig import Zig

FILES = [("a.o", b"first"), ("a-name-longer-than-sixteen.o", b"second, odd"), ("b.o", b"")]


def made(tmp_path: Path, *flags: str) -> bytes:
    """An archive of FILES by llvm-ar."""
    for name, data in FILES:
        (tmp_path / name).write_bytes(data)
    command = [*Zig().archiver(), *flags, "x.a", *(name for name, _ in FILES)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    return (tmp_path / "x.a").read_bytes()


@pytest.mark.parametrize("style", ["--format=gnu", "--format=bsd", "--format=darwin"])
def test_members_of_real_archives(tmp_path: Path, style: str) -> None:
    data = made(tmp_path, style, "rcD")
    found = [(m.name, bytes(m.data)) for m in members(data, "x.a")]
    if style == "--format=darwin":  # pads members to 8 bytes
        found = [(name, content.rstrip(b"\0\n")) for name, content in found]
    assert found == FILES


def test_written_archives_can_be_read_by_the_real_tool(tmp_path: Path) -> None:
    data = write([(name, content, [f"symbol_{name[0]}"]) for name, content in FILES])
    assert [(m.name, bytes(m.data)) for m in members(data, "x.a")] == FILES
    (tmp_path / "x.a").write_bytes(data)
    listed = subprocess.run(
        [*Zig().archiver(), "t", "x.a"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert listed.stdout.split() == [name for name, _ in FILES]


def test_writing_is_byte_stable() -> None:
    rows = [(name, content, ["f"]) for name, content in FILES]
    assert write(rows) == write(rows)


def code(data: bytes) -> str:
    with pytest.raises(ZeroosError) as problem:
        list(members(data, "x.a"))
    return problem.value.diagnostics[0].code


def test_thin_archives_are_refused(tmp_path: Path) -> None:
    assert code(made(tmp_path, "rcT")) == "ZOS414"


def test_archives_that_lie_are_refused(tmp_path: Path) -> None:
    data = made(tmp_path, "rcD")
    header = data.index(b"a.o/")
    size = header + 48
    for wrong in (b"9999999999", b"-1        ", b"          ", b"0x10      "):
        assert code(data[:size] + wrong + data[size + 10 :]) == "ZOS415"
    assert code(data[: header + 30]) == "ZOS415"
    assert code(b"!<arch>\n" + b"x" * 60) == "ZOS415"
    long_name = data.index(b"/0 ", header)
    assert code(data[:long_name] + b"/9999999" + data[long_name + 8 :]) == "ZOS415"
