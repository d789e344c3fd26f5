# SPDX-License-Identifier: MIT OR Apache-2.0
"""The record of a link holds what the linker was asked, also after rustc has cleaned up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from zeroos_build.cargo.record import read_record, write_record
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.wrap.command import parse


def test_objects_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARGO_MANIFEST_DIR", str(tmp_path / "package"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.o").write_bytes(b"object")
    (tmp_path / "libx.rlib").write_bytes(b"library")
    command = parse("a.o libx.rlib -lc -Lout -Wl,--defsym=f=g -Wl,-z,abi.time.epoch=1".split())
    write_record(command, tmp_path / "program")
    (tmp_path / "a.o").unlink()
    record = read_record(tmp_path / "program")
    (first, kept), (second, library), third = record.items
    assert (first, second, third) == ("file", "file", ("library", "c"))
    assert Path(kept).read_bytes() == b"object"
    assert library == str(tmp_path / "libx.rlib")
    assert record.search == [str(tmp_path / "out")]
    assert record.options == ["--defsym=f=g"]
    assert record.settings == ["abi.time.epoch=1"]
    assert record.package == str(tmp_path / "package")
    assert os.access(tmp_path / "program", os.X_OK)


def test_objects_of_an_earlier_link_go(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.o").write_bytes(b"")
        write_record(parse([str(tmp_path / f"{name}.o")]), tmp_path / "program")
    assert [path.name for path in (tmp_path / "program.objects").rglob("*.o")] == ["b.o"]


@pytest.mark.parametrize(
    "content", [b"\x7fELF", b"{}", b"[]", b'{"zeroos-link": 2}', b'{"zeroos-link": 1, "items": 3}']
)
def test_no_record(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "program").write_bytes(content)
    with pytest.raises(ZeroosError) as raised:
        read_record(tmp_path / "program")
    assert raised.value.diagnostics[0].code == "ZOS188"
