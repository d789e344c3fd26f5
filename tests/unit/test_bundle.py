# SPDX-License-Identifier: MIT OR Apache-2.0
from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.bundles import DIRECTORY, LINK, TRAILER, archive, entry
from zeroos_build.bundle import Bundle, InputMode, pack
from zeroos_build.diagnostics import ZeroosError


def plain(data: bytes) -> bytes:
    """Hexadecimal digits in the case of the tests."""
    return data.lower().replace(b"trailer!!!", b"TRAILER!!!")


def test_an_empty_bundle_is_a_trailer() -> None:
    assert plain(pack(Bundle())) == TRAILER


def test_parts_are_sorted_lists() -> None:
    bundle = Bundle(["b", ""], {"b": "1", "a": "2", "a.b": "3"}, b"in")
    assert bundle.parts == ("args", "env", "stdin")
    assert plain(pack(bundle)) == archive(
        entry(b"args", b"b\0\0"), entry(b"env", b"a.b=3\0a=2\0b=1\0"), entry(b"stdin", b"in")
    )


def test_a_tree_is_the_same_however_it_was_made(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir(mode=0o700)
    (tmp_path / "sub-a").write_bytes(b"1")
    (tmp_path / "sub" / "x").write_bytes(b"2")
    (tmp_path / "sub" / "x").chmod(0o4711)
    (tmp_path / "link").symlink_to("../nowhere")
    os.utime(tmp_path / "sub-a", (5, 5))
    assert plain(pack(Bundle(root=tmp_path))) == archive(
        entry(b"root", mode=DIRECTORY, links=2), entry(b"root/link", b"../nowhere", LINK),
        entry(b"root/sub", mode=DIRECTORY, links=2), entry(b"root/sub-a", b"1"),
        entry(b"root/sub/x", b"2", 0o100755),
    )  # fmt: skip


def test_what_cannot_be_packed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    cases = [
        (Bundle(root=tmp_path), "no file, directory or symbolic link"),
        (Bundle(root=tmp_path / "pipe"), "is not a directory"),
        (Bundle(args=["a\0b"]), "an argument holds a zero byte"),
        (Bundle(env={"A": "\0"}), "a variable holds a zero byte"),
        (Bundle(env={"A=B": "1"}), "no name of a variable"),
    ]
    for bundle, words in cases:
        with pytest.raises(ZeroosError, match=words) as caught:
            pack(bundle)
        assert caught.value.diagnostics[0].code == "ZOS610"


def test_what_an_image_says(tmp_path: Path) -> None:
    assert InputMode.of(None) == InputMode.of({"input": 3}) == InputMode("stream", ())
    found = InputMode.of({"input": {"mode": "bundle", "allow": ["env"]}})
    assert found == InputMode("bundle", ("env",))
