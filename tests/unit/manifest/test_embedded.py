# SPDX-License-Identifier: MIT OR Apache-2.0
"""What `[abi.vfs] files` comes to, and the source that is made of it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from zeroos_build.generate.files import files_source, hash_of
from zeroos_build.manifest import load
from zeroos_build.manifest.embedded import Embedded


def _embedded(project: Path, text: str) -> tuple[Embedded, ...]:
    (project / "main.c").write_text("int main(void) { return 0; }\n")
    (project / "zeroos.toml").write_text(text)
    return load(project, env={}).resolve().embedded


def _tree(project: Path) -> None:
    (project / "data" / "sub").mkdir(parents=True)
    (project / "data" / "b").write_text("b")
    (project / "data" / ".hidden").write_text("h")
    (project / "data" / "sub" / "a").write_text("a")
    (project / "data" / "sub" / "up").symlink_to("../b")


def test_directories_are_taken_with_all_that_is_in_them(tmp_path: Path) -> None:
    _tree(tmp_path)
    found = _embedded(tmp_path, '[abi.vfs]\nfiles = [{ path = "/x/y", from = "data" }]\n')
    assert [(item.path, item.kind, item.source, item.target) for item in found] == [
        ("/x", "directory", "", ""),
        ("/x/y", "directory", "data", ""),
        ("/x/y/.hidden", "file", "data/.hidden", ""),
        ("/x/y/b", "file", "data/b", ""),
        ("/x/y/sub", "directory", "data/sub", ""),
        ("/x/y/sub/a", "file", "data/sub/a", ""),
        ("/x/y/sub/up", "link", "data/sub/up", "../b"),
    ]


def test_the_working_directory_is_made(tmp_path: Path) -> None:
    assert [item.path for item in _embedded(tmp_path, '[abi.vfs]\ncwd = "/a/b"\n')] == [
        "/a",
        "/a/b",
    ]
    assert _embedded(tmp_path, '[abi.vfs]\ncwd = "/tmp"\n') == ()
    assert _embedded(tmp_path, "") == ()


def test_the_root_may_be_embedded_without_what_was_built(tmp_path: Path) -> None:
    (tmp_path / "build" / "zeroos" / "sp1").mkdir(parents=True)
    (tmp_path / "build" / "zeroos" / "sp1" / "image.elf").write_text("")
    found = _embedded(tmp_path, '[abi.vfs]\nfiles = [{ path = "/", from = "." }]\n')
    assert [item.path for item in found] == ["/build", "/main.c", "/zeroos.toml"]


@pytest.mark.parametrize("name", [b"", b"a", b"params.bin", "ü".encode()])
def test_the_hash_is_fnv_1a(name: bytes) -> None:
    found = 0x811C9DC5
    for byte in name:
        found = (found ^ byte) * 0x01000193 % 2**32
    assert hash_of(name) == found


def test_every_name_is_linked_once(tmp_path: Path) -> None:
    _tree(tmp_path)
    text = (
        '[abi.vfs]\nfiles = [{ path = "/x/y", from = "data" }, { path = "/z", from = "main.c" }]\n'
    )
    source = files_source(_embedded(tmp_path, text), "/x", "../../..")
    # Each place in a list is pointed to by one entry, each entry by one place.
    nexts = re.findall(r"\.next = (&\w+)", source) + re.findall(r"\.first = (&\w+)", source)
    assert len(nexts) == len(set(nexts)) == 7
    links = re.findall(r"\.link = (&[\w.]+)", source)
    assert len(links) == len(set(links)) == 8
    assert "struct zeroos_entry *zeroos_cwd = &zeroos_embedded;" in source
    assert source.count(".incbin") == 4
    # What is in the files does not show, so they can change without it.
    (tmp_path / "data" / "b").write_text("something else")
    assert files_source(_embedded(tmp_path, text), "/x", "../../..") == source


def test_odd_names_are_quoted(tmp_path: Path) -> None:
    (tmp_path / 'a "b" \\ $c ü').write_text("text")
    found = _embedded(
        tmp_path, """[abi.vfs]\nfiles = [{ path = '/a "b" *x', from = 'a "b" \\ $c ü' }]\n"""
    )
    source = files_source(found, "/", "..")
    # Octal for the assembler, and once more for C.
    assert r".incbin \042../a \134042b\134042 \134134 $c \134303\134274\042" in source


def test_names_that_no_image_can_have(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with open(os.fsencode(tmp_path / "data") + b"/\xff", "w"):
        pass
    (tmp_path / "main.c").write_text("int main(void) { return 0; }\n")
    (tmp_path / "zeroos.toml").write_text('[abi.vfs]\nfiles = [{ path = "/d", from = "data" }]\n')
    _, found = load(tmp_path, env={}).try_resolve()
    assert [item.code for item in found] == ["ZOS117"]
    assert "has a name that cannot be embedded" in found[0].message
